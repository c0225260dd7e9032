using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

internal sealed class EcdsaSigningKey : SigningKey
{
    private readonly ECDsa _key;
    private readonly EcdsaCurve _curve;
    private readonly Lock _using = new(); // .NET promises nothing about two threads in one ECDsa.

    private EcdsaSigningKey(ECDsa key, EcdsaCurve curve)
        : base(EcdsaPublicKey.FromSpki(key.ExportSubjectPublicKeyInfo(), curve)!) => (_key, _curve) = (key, curve);

    public static EcdsaSigningKey New(EcdsaCurve curve) => new(ECDsa.Create(curve.Curve), curve);

    /// <summary>Null where the DER is no key on one of the curves.</summary>
    public static EcdsaSigningKey? FromPkcs8(ReadOnlySpan<byte> pkcs8, params ReadOnlySpan<EcdsaCurve> curves) => Import(pkcs8, isSec1: false, curves);

    /// <summary>RFC 5915, what <c>openssl ecparam -genkey</c> writes. Null where the DER is no key on one of the curves.</summary>
    public static EcdsaSigningKey? FromSec1(ReadOnlySpan<byte> sec1, params ReadOnlySpan<EcdsaCurve> curves) => Import(sec1, isSec1: true, curves);

    public override byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_using) return _key.SignData(data, _curve.Hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    public override string ExportPkcs8Pem()
    {
        lock (_using) return _key.ExportPkcs8PrivateKeyPem();
    }

    public override void Dispose() => _key.Dispose();

    private static EcdsaSigningKey? Import(ReadOnlySpan<byte> der, bool isSec1, ReadOnlySpan<EcdsaCurve> curves)
    {
        var key = ECDsa.Create();
        try
        {
            int read;
            if (isSec1) key.ImportECPrivateKey(der, out read);
            else key.ImportPkcs8PrivateKey(der, out read);
            foreach (var curve in curves)
                if (read == der.Length && curve.IsOf(key)) return new EcdsaSigningKey(key, curve);
        }
        catch (Exception e) when (EcdsaPublicKey.IsRefusal(e))
        {
            // No key, as for any other that is not ours.
        }

        key.Dispose();
        return null;
    }
}
