using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

internal sealed class EcdsaP256PublicKey : PublicKey
{
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
        catch (CryptographicException)
        {
            // Not a key of an elliptic curve, or not a point of its curve: no key, as for any other that is not ours.
        }

        key.Dispose();
        return null;
    }

    public static bool IsP256(ECDsa key) => key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid.Value: P256Oid };

    private const string P256Oid = "1.2.840.10045.3.1.7"; // RFC 5480 §2.1.1.1, secp256r1

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_using) return _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
