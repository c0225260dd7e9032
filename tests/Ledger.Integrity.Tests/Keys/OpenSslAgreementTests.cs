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
    [InlineData(KeyAlgorithm.EcdsaP256, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem", "-sha256")]
    [InlineData(KeyAlgorithm.EcdsaP256, "ecparam -genkey -name prime256v1 -out key.pem", "-sha256")]
    [InlineData(KeyAlgorithm.EcdsaP384, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out key.pem", "-sha384")]
    [InlineData(KeyAlgorithm.EcdsaP384, "ecparam -genkey -noout -name secp384r1 -out key.pem", "-sha384")]
    [InlineData(KeyAlgorithm.RsaPkcs1Sha256, "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out key.pem", "-sha256")]
    [InlineData(KeyAlgorithm.RsaPkcs1Sha256, "genrsa -traditional -out key.pem 3072", "-sha256")]
    [InlineData(KeyAlgorithm.RsaPssSha256, "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096 -out key.pem", "-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest")]
    public void What_openssl_dgst_signs_is_verified_and_the_other_way_round(KeyAlgorithm algorithm, string generate, string options)
    {
        using var openssl = new OpenSsl();
        openssl.Run(generate).ShouldBeTrue();
        openssl.Run("pkey -in key.pem -pubout -out public.pem").ShouldBeTrue();
        openssl.Write("data", Data);
        openssl.Run($"dgst {options} -sign key.pem -out theirs data").ShouldBeTrue();

        SignerKeyReader.ReadPem(openssl.ReadText("public.pem"), algorithm, out var publicKey).ShouldBe(Verification.Valid);
        publicKey!.Verify(Data, openssl.ReadBytes("theirs")).ShouldBeTrue();
        using var key = SignerKeyReader.ReadPrivatePem(openssl.ReadText("key.pem"), algorithm);
        key.PublicKey.ShouldBe(publicKey);
        openssl.Write("ours", key.Sign(Data));
        openssl.Run($"dgst {options} -verify public.pem -signature ours data").ShouldBeTrue();
    }

    [Theory]
    [InlineData("-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20")]
    [InlineData("-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:max")]
    [InlineData("-sha512 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest")]
    [InlineData("-sha256")]
    public void PSS_has_the_salt_and_the_hash_that_were_agreed(string options)
    {
        using var openssl = new OpenSsl();
        openssl.Run("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out key.pem").ShouldBeTrue();
        openssl.Run("pkey -in key.pem -pubout -out public.pem").ShouldBeTrue();
        openssl.Write("data", Data);
        openssl.Run($"dgst {options} -sign key.pem -out theirs data").ShouldBeTrue();
        SignerKeyReader.ReadPem(openssl.ReadText("public.pem"), KeyAlgorithm.RsaPssSha256, out var publicKey).ShouldBe(Verification.Valid);
        publicKey!.Verify(Data, openssl.ReadBytes("theirs")).ShouldBeFalse();
    }

    [Fact]
    public void A_point_that_is_written_compressed_is_refused_so_that_a_key_has_one_ID()
    {
        using var openssl = new OpenSsl();
        openssl.Run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem").ShouldBeTrue();
        openssl.Run("ec -in key.pem -pubout -conv_form compressed -out compressed.pem").ShouldBeTrue();
        var verification = SignerKeyReader.ReadPem(openssl.ReadText("compressed.pem"), null, out _);
        verification.Code.ShouldBe("key_malformed");
        verification.Reason!.ShouldContain("uncompressed");
    }

    [Theory]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out key.pem", "key_curve_unsupported")]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out key.pem", "key_curve_unsupported")]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit -out key.pem", "key_curve_unsupported")]
    [InlineData("genpkey -algorithm ed448 -out key.pem", "key_kind_unsupported")]
    [InlineData("genpkey -algorithm x25519 -out key.pem", "key_kind_unsupported")]
    [InlineData("genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:3072 -out key.pem", "key_kind_unsupported")]
    public void A_signers_key_of_another_kind_is_refused_by_name(string command, string code)
    {
        using var openssl = new OpenSsl();
        openssl.Run(command).ShouldBeTrue();
        openssl.Run("pkey -in key.pem -pubout -out public.pem").ShouldBeTrue();
        SignerKeyReader.ReadPem(openssl.ReadText("public.pem"), null, out _).Code.ShouldBe(code);
        Should.Throw<FormatException>(() => SignerKeyReader.ReadPrivatePem(openssl.ReadText("key.pem")));
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
