using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

internal sealed class EcdsaP256PublicKey : PublicKey
{
    private const string P256Oid = "1.2.840.10045.3.1.7"; // RFC 5480 §2.1.1.1, secp256r1

    private readonly ECDsa _key;
    private readonly Lock _using = new(); // .NET promises nothing about two threads in one ECDsa.

    public EcdsaP256PublicKey(ECDsa key)
        : base(key.ExportSubjectPublicKeyInfo()) => _key = key;

    public override KeyAlgorithm Algorithm => KeyAlgorithm.EcdsaP256;

    public static EcdsaP256PublicKey? FromSpki(ReadOnlySpan<byte> spki)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki, out var read);
            if (read == spki.Length && IsP256(key)) return new EcdsaP256PublicKey(key);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // No key, as for any other that is not ours.
        }

        key.Dispose();
        return null;
    }

    public static bool IsP256(ECDsa key) => key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid.Value: P256Oid };

    /// <summary>What .NET throws for DER that is no key, a point off its curve, or a curve that the platform does not know.</summary>
    public static bool IsRefusal(Exception e) => e is CryptographicException or PlatformNotSupportedException;

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_using) return _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
