namespace Ledger.Integrity.Keys;

internal sealed class Ed25519PublicKey : PublicKey
{
    public const int KeyLength = 32;
    public const int SignatureLength = 64;

    private readonly LibCrypto.KeyHandle _key;

    private Ed25519PublicKey(LibCrypto.KeyHandle key, byte[] spki)
        : base(spki) => _key = key;

    public override KeyAlgorithm Algorithm => KeyAlgorithm.Ed25519;

    // RFC 8410 §4: SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING of 32 bytes }. The one encoding DER allows.
    private static ReadOnlySpan<byte> SpkiPrefix => [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];

    public static bool IsSpki(ReadOnlySpan<byte> spki) => spki.Length == SpkiPrefix.Length + KeyLength && spki.StartsWith(SpkiPrefix);

    public static Ed25519PublicKey? FromSpki(ReadOnlySpan<byte> spki) => FromRaw(spki[SpkiPrefix.Length..]);

    public static Ed25519PublicKey? FromRaw(ReadOnlySpan<byte> raw)
    {
        if (raw.Length != KeyLength || !Ed25519Support.IsAvailable) return null;
        return new Ed25519PublicKey(LibCrypto.NewPublicKey(raw), [.. SpkiPrefix, .. raw]);
    }

    public static ReadOnlySpan<byte> Raw(PublicKey key) => key.Spki.Span[SpkiPrefix.Length..];

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureLength && LibCrypto.Verify(_key, data, signature);
}
