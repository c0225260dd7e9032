using System.Security.Cryptography;

using Ledger.Integrity.Keys;

namespace Ledger.Integrity.Tests.Keys;

public class SignerKeyTests
{
    public static TheoryData<KeyAlgorithm> Algorithms => [.. Enum.GetValues<KeyAlgorithm>()];

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519, "ed25519")]
    [InlineData(KeyAlgorithm.EcdsaP256, "ecdsa-p256-sha256")]
    [InlineData(KeyAlgorithm.EcdsaP384, "ecdsa-p384-sha384")]
    [InlineData(KeyAlgorithm.RsaPssSha256, "rsa-pss-sha256")]
    [InlineData(KeyAlgorithm.RsaPkcs1Sha256, "rsa-pkcs1-sha256")]
    public void Every_algorithm_has_one_name(KeyAlgorithm algorithm, string name)
    {
        KeyAlgorithmName.Of(algorithm).ShouldBe(name);
        KeyAlgorithmName.TryParse(name, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(algorithm);
        KeyAlgorithmName.TryParse(name.ToUpperInvariant(), out _).ShouldBeFalse();
        KeyAlgorithmName.TryParse($"{name} ", out _).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_key_is_the_same_from_PEM_and_from_JWK(KeyAlgorithm algorithm)
    {
        using var signing = SigningKey.Generate(algorithm);
        SignerKeyReader.Read(signing.PublicKey.ExportSpkiPem(), algorithm, out var fromPem).ShouldBe(Verification.Valid);
        SignerKeyReader.Read(JwkText.Of(signing.PublicKey), algorithm, out var fromJwk).ShouldBe(Verification.Valid);
        foreach (var key in new[] { fromPem, fromJwk })
        {
            key!.KeyId.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(signing.PublicKey.Spki.Span)));
            key.Algorithm.ShouldBe(algorithm);
            key.Verify("data"u8, signing.Sign("data"u8)).ShouldBeTrue();
            key.Verify("date"u8, signing.Sign("data"u8)).ShouldBeFalse();
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_private_key_reads_back_and_many_threads_may_use_it(KeyAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        using var again = SignerKeyReader.ReadPrivatePem(key.ExportPkcs8Pem(), algorithm);
        again.PublicKey.ShouldBe(key.PublicKey);
        Parallel.For(0, 40, i =>
        {
            var data = BitConverter.GetBytes(i);
            key.PublicKey.Verify(data, again.Sign(data)).ShouldBeTrue();
            key.PublicKey.Verify(data, new byte[384]).ShouldBeFalse();
        });
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void No_flipped_bit_of_a_signature_goes_unseen(KeyAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        var signature = key.Sign("data"u8);
        for (var at = 0; at < signature.Length; at++)
        {
            var tampered = (byte[])signature.Clone();
            tampered[at] ^= (byte)(1 << (at % 8));
            key.PublicKey.Verify("data"u8, tampered).ShouldBeFalse();
        }

        key.PublicKey.Verify("data"u8, signature.AsSpan(1)).ShouldBeFalse();
        key.PublicKey.Verify("data"u8, (byte[])[.. signature, 0]).ShouldBeFalse();
        key.PublicKey.Verify("data"u8, []).ShouldBeFalse();
    }

    [Fact]
    public void The_two_ways_of_RSA_do_not_pass_for_each_other()
    {
        using var pss = SigningKey.Generate(KeyAlgorithm.RsaPssSha256);
        using var pkcs1 = SignerKeyReader.ReadPrivatePem(pss.ExportPkcs8Pem(), KeyAlgorithm.RsaPkcs1Sha256);
        pkcs1.PublicKey.ShouldBe(pss.PublicKey);
        pss.PublicKey.Verify("data"u8, pkcs1.Sign("data"u8)).ShouldBeFalse();
        pkcs1.PublicKey.Verify("data"u8, pss.Sign("data"u8)).ShouldBeFalse();
    }

    [Fact]
    public void An_RSA_key_needs_its_algorithm_said()
    {
        using var rsa = RSA.Create(3072);
        Read(rsa.ExportSubjectPublicKeyInfoPem()).ShouldBe("key_algorithm_needed");
        Read(rsa.ExportSubjectPublicKeyInfoPem(), KeyAlgorithm.EcdsaP256).ShouldBe("key_algorithm_differs");
        Read(rsa.ExportSubjectPublicKeyInfoPem(), KeyAlgorithm.RsaPkcs1Sha256).ShouldBeNull();
        Should.Throw<FormatException>(() => SignerKeyReader.ReadPrivatePem(rsa.ExportPkcs8PrivateKeyPem())).Message.ShouldContain("rsa-pss-sha256");
        Should.Throw<FormatException>(() => SignerKeyReader.ReadPrivatePem(rsa.ExportRSAPrivateKeyPem())).Message.ShouldContain("rsa-pss-sha256");
        SignerKeyReader.ReadPrivatePem(rsa.ExportRSAPrivateKeyPem(), KeyAlgorithm.RsaPssSha256).Algorithm.ShouldBe(KeyAlgorithm.RsaPssSha256);
    }

    [Fact]
    public void Keys_that_are_too_weak_or_of_another_kind_are_refused_by_name()
    {
        using var rsa2048 = RSA.Create(2048);
        using var p521 = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Read(rsa2048.ExportSubjectPublicKeyInfoPem(), KeyAlgorithm.RsaPssSha256).ShouldBe("key_too_short");
        Read(p521.ExportSubjectPublicKeyInfoPem()).ShouldBe("key_curve_unsupported");
        Read(p256.ExportSubjectPublicKeyInfoPem(), KeyAlgorithm.EcdsaP384).ShouldBe("key_algorithm_differs");
        Read("").ShouldBe("key_malformed");
        Read("no key").ShouldBe("key_malformed");
        Read("-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----").ShouldBe("key_malformed");
        Read("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----").ShouldBe("key_malformed");
        Read(new string('x', 20_000)).ShouldBe("key_malformed");
        Should.Throw<FormatException>(() => SignerKeyReader.ReadPrivatePem(rsa2048.ExportPkcs8PrivateKeyPem(), KeyAlgorithm.RsaPssSha256)).Message.ShouldContain("2048 bits");
        Should.Throw<FormatException>(() => SignerKeyReader.ReadPrivatePem(p521.ExportPkcs8PrivateKeyPem()));
        Should.Throw<FormatException>(() => SignerKeyReader.ReadPrivatePem(p521.ExportECPrivateKeyPem()));
        Should.Throw<FormatException>(() => SignerKeyReader.ReadPrivatePem(p256.ExportECPrivateKeyPem(), KeyAlgorithm.EcdsaP384)).Message.ShouldContain("not ecdsa-p384-sha384");
        Should.Throw<FormatException>(() => SignerKeyReader.ReadPrivatePem(p256.ExportSubjectPublicKeyInfoPem())).Message.ShouldContain("PUBLIC KEY");
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_private_key_in_place_of_a_public_one_is_refused_as_that(KeyAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        Read(key.ExportPkcs8Pem(), algorithm).ShouldBe("key_is_private");
        Read(JwkText.Of(key.PublicKey)[..^1] + ",\"d\":\"AAAA\"}", algorithm).ShouldBe("key_is_private");
    }

    [Fact]
    public void A_private_key_of_the_older_forms_is_refused_as_that_too()
    {
        using var rsa = RSA.Create(3072);
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Read(rsa.ExportRSAPrivateKeyPem(), KeyAlgorithm.RsaPssSha256).ShouldBe("key_is_private");
        Read(p256.ExportECPrivateKeyPem()).ShouldBe("key_is_private");
        Read(p256.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1))).ShouldBe("key_is_private");
    }

    [Theory]
    [InlineData("""{"kty":"oct","k":"AAAA"}""", "key_is_private")]
    [InlineData("""{"kty":"EC","crv":"P-521","x":"AA","y":"AA"}""", "key_curve_unsupported")]
    [InlineData("""{"kty":"OKP","crv":"X25519","x":"AA"}""", "key_curve_unsupported")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"AA"}""", "key_malformed")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519"}""", "key_malformed")]
    [InlineData("""{"kty":"DSA"}""", "key_kind_unsupported")]
    [InlineData("""{}""", "key_kind_unsupported")]
    [InlineData("""{"kty":"EC","kty":"RSA"}""", "key_malformed")]
    [InlineData("""{"kty":"EC","alg":"none"}""", "key_kind_unsupported")]
    [InlineData("""{"kty":"EC","alg":"HS256"}""", "key_kind_unsupported")]
    [InlineData("""{"kty":"EC","use":"enc"}""", "key_malformed")]
    [InlineData("""{"kty":"EC","key_ops":["sign"]}""", "key_malformed")]
    [InlineData("""{"kty":"RSA","alg":"PS256","n":"AA","e":"AQAB"}""", "key_malformed")]
    [InlineData("""{"kty":"RSA","alg":"PS256","e":"AQAB"}""", "key_malformed")]
    [InlineData("""{"kty":"EC" """, "key_malformed")]
    public void A_malformed_JWK_is_refused_by_name(string jwk, string code) => Read(jwk).ShouldBe(code);

    [Fact]
    public void A_JWK_is_held_to_what_it_says()
    {
        using var p256 = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var jwk = JwkText.Of(p256.PublicKey);
        Read(jwk).ShouldBeNull();
        Read(jwk[..^1] + ",\"alg\":\"ES384\"}").ShouldBe("key_algorithm_differs");
        Read(jwk[..^1] + ",\"alg\":\"ES256\",\"use\":\"sig\",\"kid\":\"mine\",\"key_ops\":[\"verify\"]}").ShouldBeNull();
        Read(jwk.Replace("\"x\":\"", "\"x\":\"A", StringComparison.Ordinal)).ShouldBe("key_malformed");
        Read(jwk.Replace("\"x\":\"", "\"x\":\" ", StringComparison.Ordinal)).ShouldBe("key_malformed");
        var x = jwk[(jwk.IndexOf("\"x\":\"", StringComparison.Ordinal) + 5)..][..43];
        Read(jwk.Replace(x, new string('A', 43), StringComparison.Ordinal)).ShouldBe("key_malformed"); // Not on the curve.
        Read(jwk.Replace(x, $"{x}=", StringComparison.Ordinal)).ShouldBe("key_malformed");
    }

    [Fact]
    public void An_RSA_exponent_of_3_is_refused()
    {
        using var rsa = RSA.Create(3072);
        var modulus = Base64Url(rsa.ExportParameters(false).Modulus!);
        Read($$"""{"kty":"RSA","alg":"RS256","n":"{{modulus}}","e":"AQAB"}""").ShouldBeNull();
        Read($$"""{"kty":"RSA","alg":"RS256","n":"{{modulus}}","e":"Aw"}""").ShouldBe("key_malformed");
        Read($$"""{"kty":"RSA","alg":"RS256","n":"{{modulus}}","e":"AQAA"}""").ShouldBe("key_malformed");
        Read($$"""{"kty":"RSA","alg":"RS256","n":"{{modulus}}","e":"AAEAAQ"}""").ShouldBe("key_malformed");
        Read($$"""{"kty":"RSA","alg":"RS256","n":"{{Base64Url(new byte[1025].Select(_ => (byte)255).ToArray())}}","e":"AQAB"}""").ShouldBe("key_too_long");
    }

    [Fact]
    public void A_log_still_signs_with_its_two_kinds_alone()
    {
        foreach (var algorithm in new[] { KeyAlgorithm.EcdsaP384, KeyAlgorithm.RsaPssSha256 })
        {
            using var key = SigningKey.Generate(algorithm);
            Should.Throw<FormatException>(() => SigningKey.ImportPkcs8Pem(key.ExportPkcs8Pem()));
            PublicKey.TryImportSpkiPem(key.PublicKey.ExportSpkiPem(), out _, out _).ShouldBeFalse();
            Should.Throw<ArgumentException>(() => new Ledger.Integrity.Notes.NoteSigner("log", key));
        }
    }

    private static string? Read(string text, KeyAlgorithm? algorithm = null)
    {
        var verification = SignerKeyReader.Read(text, algorithm, out var key);
        (key is not null).ShouldBe(verification.IsValid);
        if (!verification.IsValid) verification.Reason.ShouldNotBeNullOrEmpty();
        return verification.Code;
    }

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
