using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

internal sealed class Ed25519SigningKey : SigningKey
{
    private const int SeedLength = 32;

    private readonly LibCrypto.KeyHandle _key;

    private Ed25519SigningKey(LibCrypto.KeyHandle key, PublicKey publicKey)
        : base(publicKey) => _key = key;

    // RFC 8410 §7: version 0, OID 1.3.101.112, and the 32-byte seed as an OCTET STRING within the OCTET STRING.
    private static ReadOnlySpan<byte> Pkcs8Prefix => [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    public static bool IsPkcs8(ReadOnlySpan<byte> pkcs8) => pkcs8.Length == Pkcs8Prefix.Length + SeedLength && pkcs8.StartsWith(Pkcs8Prefix);

    public static Ed25519SigningKey FromPkcs8(ReadOnlySpan<byte> pkcs8) => FromSeed(pkcs8[Pkcs8Prefix.Length..]);

    public static Ed25519SigningKey New()
    {
        Span<byte> seed = stackalloc byte[SeedLength];
        RandomNumberGenerator.Fill(seed);
        var key = FromSeed(seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    public override byte[] Sign(ReadOnlySpan<byte> data)
    {
        var signature = new byte[Ed25519PublicKey.SignatureLength];
        LibCrypto.Sign(_key, data, signature);
        return signature;
    }

    public override string ExportPkcs8Pem()
    {
        Span<byte> pkcs8 = stackalloc byte[Pkcs8Prefix.Length + SeedLength];
        Pkcs8Prefix.CopyTo(pkcs8);
        LibCrypto.GetPrivateKey(_key, pkcs8[Pkcs8Prefix.Length..]);
        var pem = PemEncoding.WriteString(PemLabel, pkcs8);
        CryptographicOperations.ZeroMemory(pkcs8);
        return pem;
    }

    public override void Dispose() => _key.Dispose();

    private static Ed25519SigningKey FromSeed(ReadOnlySpan<byte> seed)
    {
        if (!Ed25519Support.IsAvailable) throw new PlatformNotSupportedException(Ed25519Support.UnavailableReason);
        var key = LibCrypto.NewPrivateKey(seed);
        Span<byte> publicKey = stackalloc byte[Ed25519PublicKey.KeyLength];
        LibCrypto.GetPublicKey(key, publicKey);
        return new Ed25519SigningKey(key, Ed25519PublicKey.FromRaw(publicKey)!);
    }
}
