using System.Security.Cryptography;
using System.Text;
using Ledger.Domain;
using Ledger.Domain.Signers;
using Ledger.Integrity.Keys;

namespace Ledger.Verifier.Tests.Support;

/// <summary>Ed25519 keys that are the same in every run: they protect nothing.</summary>
internal static class TestKeys
{
    private const string Pkcs8Prefix = "302e020100300506032b657004220420"; // RFC 8410 §7

    public static SigningKey Of(string name) => SigningKey.ImportPkcs8Pem(
        PemEncoding.WriteString("PRIVATE KEY", [.. Convert.FromHexString(Pkcs8Prefix), .. SHA256.HashData(Encoding.UTF8.GetBytes(name))]));

    /// <summary>The public part, as a signer's events hold it.</summary>
    public static SignerKey Enrolled(SigningKey key, DateTimeOffset? notAfter = null) => new(
        Digest.Of(key.PublicKey.Fingerprint.Bytes), KeyAlgorithmName.Of(key.Algorithm), Convert.ToBase64String(key.PublicKey.Spki.Span), null, notAfter);
}
