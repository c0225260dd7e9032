using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

internal sealed class EcdsaPublicKey : PublicKey
{
    private readonly ECDsa _key;
    private readonly EcdsaCurve _curve;
    private readonly Lock _using = new(); // .NET promises nothing about two threads in one ECDsa.

    private EcdsaPublicKey(ECDsa key, EcdsaCurve curve)
        : base(key.ExportSubjectPublicKeyInfo()) => (_key, _curve) = (key, curve);

    public override KeyAlgorithm Algorithm => _curve.Algorithm;

    public static EcdsaPublicKey? FromSpki(ReadOnlySpan<byte> spki, EcdsaCurve curve)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki, out var read);
            if (read == spki.Length && curve.IsOf(key)) return new EcdsaPublicKey(key, curve);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // No key, as for any other that is not ours.
        }

        key.Dispose();
        return null;
    }

    public static EcdsaPublicKey? FromPoint(byte[] x, byte[] y, EcdsaCurve curve)
    {
        try
        {
            return new EcdsaPublicKey(ECDsa.Create(new ECParameters { Curve = curve.Curve, Q = new ECPoint { X = x, Y = y } }), curve);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            return null;
        }
    }

    /// <summary>What .NET throws for DER that is no key, a point off its curve, or a curve that the platform does not know.</summary>
    public static bool IsRefusal(Exception e) => e is CryptographicException or PlatformNotSupportedException;

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_using) return _key.VerifyData(data, signature, _curve.Hash, DSASignatureFormat.Rfc3279DerSequence);
    }
}
