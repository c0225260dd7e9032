using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

internal sealed class EcdsaP256SigningKey : SigningKey
{
    private readonly ECDsa _key;
    private readonly Lock _using = new(); // .NET promises nothing about two threads in one ECDsa.

    private EcdsaP256SigningKey(ECDsa key)
        : base(EcdsaP256PublicKey.FromSpki(key.ExportSubjectPublicKeyInfo())!) => _key = key;

    public static EcdsaP256SigningKey New() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static EcdsaP256SigningKey FromPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out var read);
            if (read == pkcs8.Length && EcdsaP256PublicKey.IsP256(key)) return new EcdsaP256SigningKey(key);
        }
        catch (Exception e) when (EcdsaP256PublicKey.IsRefusal(e))
        {
            key.Dispose();
            throw new FormatException("The key is neither Ed25519 nor ECDSA on P-256.", e);
        }

        key.Dispose();
        throw new FormatException("The key is neither Ed25519 nor ECDSA on P-256.");
    }

    public override byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_using) return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public override string ExportPkcs8Pem()
    {
        lock (_using) return _key.ExportPkcs8PrivateKeyPem();
    }

    public override void Dispose() => _key.Dispose();
}
