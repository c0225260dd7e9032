using System.Security.Cryptography;

using Ledger.Integrity.Keys;

namespace Ledger.Integrity.Tests.Keys;

public class SigningKeyTests
{
    public static TheoryData<KeyAlgorithm> Algorithms => [KeyAlgorithm.Ed25519, KeyAlgorithm.EcdsaP256];

    [Fact]
    public void A_new_key_is_Ed25519_where_there_is_Ed25519()
    {
        using var key = SigningKey.Generate();
        key.Algorithm.ShouldBe(Ed25519Support.IsAvailable ? KeyAlgorithm.Ed25519 : KeyAlgorithm.EcdsaP256);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Two_new_keys_differ(KeyAlgorithm algorithm)
    {
        using var one = SigningKey.Generate(algorithm);
        using var two = SigningKey.Generate(algorithm);
        one.Algorithm.ShouldBe(algorithm);
        one.PublicKey.ShouldNotBe(two.PublicKey);
        one.PublicKey.Fingerprint.ShouldNotBe(two.PublicKey.Fingerprint);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_key_read_back_from_PEM_is_the_same_key(KeyAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        using var again = SigningKey.ImportPkcs8Pem(key.ExportPkcs8Pem());
        again.PublicKey.ShouldBe(key.PublicKey);
        key.PublicKey.Verify("data"u8, again.Sign("data"u8)).ShouldBeTrue();

        PublicKey.TryImportSpkiPem(key.PublicKey.ExportSpkiPem(), out var publicKey, out _).ShouldBeTrue();
        publicKey.ShouldBe(key.PublicKey);
        publicKey.GetHashCode().ShouldBe(key.PublicKey.GetHashCode());
        publicKey.Verify("data"u8, key.Sign("data"u8)).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Many_threads_may_use_one_key(KeyAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        Parallel.For(0, 400, i =>
        {
            var data = BitConverter.GetBytes(i);
            key.PublicKey.Verify(data, key.Sign(data)).ShouldBeTrue();
            key.PublicKey.Verify(data, new byte[64]).ShouldBeFalse();
        });
    }

    [Fact]
    public void Ecdsa_signatures_are_DER_and_nothing_else_verifies()
    {
        using var key = TestKeys.EcdsaP256;
        var signature = key.Sign("data"u8);
        signature[0].ShouldBe((byte)0x30);
        key.PublicKey.Verify("data"u8, signature).ShouldBeTrue();
        key.PublicKey.Verify("date"u8, signature).ShouldBeFalse();
        key.PublicKey.Verify("data"u8, []).ShouldBeFalse();
        key.PublicKey.Verify("data"u8, signature.AsSpan(0, signature.Length - 1)).ShouldBeFalse();
        key.PublicKey.Verify("data"u8, (byte[])[.. signature, 0]).ShouldBeFalse();
        key.PublicKey.Verify("data"u8, new byte[72]).ShouldBeFalse();
    }

    [Fact]
    public void A_key_that_is_neither_is_refused_and_the_caller_told()
    {
        using var rsa = RSA.Create(2048);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var pem in new[] { rsa.ExportPkcs8PrivateKeyPem(), p384.ExportPkcs8PrivateKeyPem(), p384.ExportECPrivateKeyPem(), "", "no key", "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----" })
            Should.Throw<FormatException>(() => SigningKey.ImportPkcs8Pem(pem));

        foreach (var pem in new[] { rsa.ExportSubjectPublicKeyInfoPem(), p384.ExportSubjectPublicKeyInfoPem(), "", "no key" })
        {
            PublicKey.TryImportSpkiPem(pem, out _, out var error).ShouldBeFalse();
            error.ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public void A_private_key_is_not_taken_for_a_public_one_nor_two_keys_for_one()
    {
        using var key = TestKeys.Ed25519;
        PublicKey.TryImportSpkiPem(key.ExportPkcs8Pem(), out _, out var error).ShouldBeFalse();
        error.ShouldContain("not a PUBLIC KEY");
        var pem = key.PublicKey.ExportSpkiPem();
        PublicKey.TryImportSpkiPem($"{pem}\n{pem}", out _, out error).ShouldBeFalse();
        error.ShouldContain("more than one");
    }

    [Fact]
    public void A_public_key_that_was_tampered_with_is_refused_or_another_key()
    {
        using var key = TestKeys.EcdsaP256;
        var spki = key.PublicKey.Spki.ToArray();
        for (var at = 0; at < spki.Length; at++)
        {
            var tampered = (byte[])spki.Clone();
            tampered[at] ^= 0x10;
            if (PublicKey.TryImportSpki(tampered, out var other, out _)) other.ShouldNotBe(key.PublicKey);
        }

        PublicKey.TryImportSpki((byte[])[.. spki, 0], out _, out _).ShouldBeFalse();
        PublicKey.TryImportSpki(spki.AsSpan(1), out _, out _).ShouldBeFalse();
        PublicKey.TryImportSpki([], out _, out _).ShouldBeFalse();
    }
}
