using Ledger.Integrity.Keys;

namespace Ledger.Integrity.Tests.Keys;

public class OpenSslAgreementTests
{
    private static readonly byte[] Data = "what was signed\n"u8.ToArray();

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519, "-rawin")]
    [InlineData(KeyAlgorithm.EcdsaP256, "-rawin -digest sha256")]
    public void Each_verifies_what_the_other_signs_and_reads_the_others_keys(KeyAlgorithm algorithm, string options)
    {
        using var openssl = new OpenSsl();
        using var key = SigningKey.Generate(algorithm);
        openssl.Write("data", Data);
        openssl.Write("key.pem", key.ExportPkcs8Pem());
        openssl.Write("public.pem", key.PublicKey.ExportSpkiPem());
        openssl.Write("ours", key.Sign(Data));

        openssl.Run($"pkeyutl -verify -pubin -inkey public.pem {options} -in data -sigfile ours").ShouldBeTrue();
        openssl.Run($"pkeyutl -sign -inkey key.pem {options} -in data -out theirs").ShouldBeTrue();
        key.PublicKey.Verify(Data, openssl.ReadBytes("theirs")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("genpkey -algorithm ed25519 -out key.pem", KeyAlgorithm.Ed25519)]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem", KeyAlgorithm.EcdsaP256)]
    public void A_key_that_openssl_made_is_read(string command, KeyAlgorithm algorithm)
    {
        using var openssl = new OpenSsl();
        openssl.Run(command).ShouldBeTrue();
        openssl.Run("pkey -in key.pem -pubout -out public.pem").ShouldBeTrue();
        using var key = SigningKey.ImportPkcs8Pem(openssl.ReadText("key.pem"));
        key.Algorithm.ShouldBe(algorithm);
        PublicKey.TryImportSpkiPem(openssl.ReadText("public.pem"), out var publicKey, out _).ShouldBeTrue();
        publicKey.ShouldBe(key.PublicKey);
        (key.PublicKey.ExportSpkiPem() + "\n").ShouldBe(openssl.ReadText("public.pem"));
    }

    [Theory]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out key.pem")]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1 -out key.pem")]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit -out key.pem")]
    [InlineData("genpkey -algorithm ed448 -out key.pem")]
    [InlineData("genpkey -algorithm x25519 -out key.pem")]
    [InlineData("genpkey -algorithm ed25519 -aes256 -pass pass:secret -out key.pem")]
    public void Other_kinds_of_key_are_refused(string command)
    {
        using var openssl = new OpenSsl();
        openssl.Run(command).ShouldBeTrue();
        Should.Throw<FormatException>(() => SigningKey.ImportPkcs8Pem(openssl.ReadText("key.pem")));
        if (!openssl.Run("pkey -in key.pem -passin pass:secret -pubout -out public.pem") || command.Contains("-aes256")) return;
        PublicKey.TryImportSpkiPem(openssl.ReadText("public.pem"), out _, out _).ShouldBeFalse();
    }
}
