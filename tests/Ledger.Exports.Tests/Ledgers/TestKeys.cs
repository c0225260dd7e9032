using Ledger.Domain;
using Ledger.Domain.Signers;
using Ledger.Integrity.Keys;

namespace Ledger.Exports.Tests.Ledgers;

/// <summary>Keys that are the same in every run, of kinds whose signatures are too.</summary>
internal static class TestKeys
{
    public static SigningKey Log { get; } = Ed25519(1);

    public static SigningKey Alice { get; } = Ed25519(2);

    public static SigningKey Carol { get; } = Ed25519(3);

    /// <summary>RSA with PKCS#1 v1.5 padding.</summary>
    public static SigningKey Bob { get; } = SignerKeyReader.ReadPrivatePem(Resource("rsa-test-key.pem"), KeyAlgorithm.RsaPkcs1Sha256);

    public static SignerKey Enrolled(SigningKey key) =>
        new(Digest.Of(key.PublicKey.Fingerprint.Bytes), KeyAlgorithmName.Of(key.Algorithm), Convert.ToBase64String(key.PublicKey.Spki.Span));

    // PKCS#8 of an Ed25519 key whose seed is one byte over and over (RFC 8410 §7).
    private static SigningKey Ed25519(byte seed)
    {
        byte[] pkcs8 = [.. Convert.FromHexString("302e020100300506032b657004220420"), .. Enumerable.Repeat(seed, 32)];
        return SigningKey.ImportPkcs8Pem($"-----BEGIN PRIVATE KEY-----\n{Convert.ToBase64String(pkcs8)}\n-----END PRIVATE KEY-----");
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(TestKeys).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
