using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

internal sealed class RsaSigningKey : SigningKey
{
    private readonly RSA _key;
    private readonly Lock _using = new(); // .NET promises nothing about two threads in one RSA.

    private RsaSigningKey(RSA key, PublicKey publicKey)
        : base(publicKey) => _key = key;

    public static RsaSigningKey New(KeyAlgorithm algorithm) => Take(RSA.Create(RsaScheme.MinModulusBits), algorithm);

    /// <summary>Null where the DER is no RSA key.</summary>
    /// <exception cref="FormatException">It is one, and too short, too long or with a bad exponent.</exception>
    public static RsaSigningKey? FromPkcs8(ReadOnlySpan<byte> pkcs8, KeyAlgorithm algorithm) => Import(pkcs8, isPkcs1: false, algorithm);

    /// <inheritdoc cref="FromPkcs8"/>
    public static RsaSigningKey? FromPkcs1(ReadOnlySpan<byte> pkcs1, KeyAlgorithm algorithm) => Import(pkcs1, isPkcs1: true, algorithm);

    public override byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_using) return _key.SignData(data, HashAlgorithmName.SHA256, RsaScheme.Padding(Algorithm));
    }

    public override string ExportPkcs8Pem()
    {
        lock (_using) return _key.ExportPkcs8PrivateKeyPem();
    }

    public override void Dispose() => _key.Dispose();

    private static RsaSigningKey? Import(ReadOnlySpan<byte> der, bool isPkcs1, KeyAlgorithm algorithm)
    {
        var rsa = RSA.Create();
        try
        {
            int read;
            if (isPkcs1) rsa.ImportRSAPrivateKey(der, out read);
            else rsa.ImportPkcs8PrivateKey(der, out read);
            if (read == der.Length) return Take(rsa, algorithm);
        }
        catch (CryptographicException)
        {
            // No key, as for any other that is not ours.
        }

        rsa.Dispose();
        return null;
    }

    private static RsaSigningKey Take(RSA rsa, KeyAlgorithm algorithm)
    {
        var verification = RsaPublicKey.FromSpki(rsa.ExportSubjectPublicKeyInfo(), algorithm, out var publicKey);
        if (verification.IsValid) return new RsaSigningKey(rsa, publicKey!);
        rsa.Dispose();
        throw new FormatException(verification.Reason);
    }
}
