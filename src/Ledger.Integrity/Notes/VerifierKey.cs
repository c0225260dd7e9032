using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

using Ledger.Integrity.Keys;

namespace Ledger.Integrity.Notes;

/// <summary>
/// A public key with the name it signs notes under, written <c>name+hex(keyID)+base64(type ‖ key)</c> (C2SP signed-note and Go's
/// sumdb/note, "Verifying Notes"). Types: 0x01 Ed25519 (32 bytes), 0x02 ECDSA (the DER of the
/// SubjectPublicKeyInfo), 0x04 Ed25519 of a cosigner (C2SP tlog-cosignature). Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Key IDs: Ed25519 has SHA-256(name ‖ 0x0A ‖ type ‖ key)[:4]; ECDSA has SHA-256(SubjectPublicKeyInfo)[:4], as signed-note says under
/// "Signature types" and transparency-dev/formats computes it. An ID tells keys apart; what authenticates is the key itself.
/// </remarks>
public sealed record VerifierKey
{
    private const int MaxLength = 1024;

    /// <summary>Names a key that signs notes themselves, such as a log's.</summary>
    /// <exception cref="ArgumentException">
    /// The name is empty or holds a space, a control character or <c>+</c>; or the key is neither Ed25519 nor ECDSA on P-256.
    /// </exception>
    public VerifierKey(string name, PublicKey publicKey)
        : this(name, publicKey, TypeOf(publicKey))
    {
    }

    private VerifierKey(string name, PublicKey publicKey, NoteKeyType type)
    {
        if (!KeyName.IsValid(name)) throw new ArgumentException("A key's name is not empty and holds no space, control character or '+'.", nameof(name));
        (Name, PublicKey, Type, KeyId) = (name, publicKey, type, ComputeId(name, publicKey, type));
    }

    /// <summary>The name; for a log's key, its origin.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of the ID's hash, big-endian.</summary>
    public uint KeyId { get; }

    /// <summary>The key.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>What the key signs.</summary>
    public NoteKeyType Type { get; }

    /// <summary>Names a key that cosigns checkpoints, such as a witness's.</summary>
    /// <exception cref="ArgumentException">The name is empty or holds a space, a control character or <c>+</c>; or the key is not Ed25519.</exception>
    public static VerifierKey ForCosigner(string name, PublicKey publicKey) => publicKey.Algorithm == KeyAlgorithm.Ed25519
        ? new VerifierKey(name, publicKey, NoteKeyType.Cosignature)
        : throw new ArgumentException("A cosigner's key is Ed25519.", nameof(publicKey));

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}+{Convert.ToBase64String(Encode(PublicKey, Type))}");

    /// <summary>Reads a verifier key and checks that its ID is that of its name and key.</summary>
    /// <param name="text">The key, without a newline.</param>
    /// <param name="key">The key; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out VerifierKey? key, [NotNullWhen(false)] out string? error)
    {
        key = null;
        error = Parse(text, ref key);
        return error is null;
    }

    private static string? Parse(string text, ref VerifierKey? key)
    {
        // Base64 may hold '+' too, a name may not: two splits, from the left.
        if (text.Length > MaxLength || text.Split('+', 3) is not [var name, var id, var base64]) return "a verifier key is name+id+key";
        if (!KeyName.IsValid(name)) return "the key's name is empty or holds a space or a control character";
        if (!StrictBase64.TryDecode(base64, out var encoded) || encoded.Length == 0) return "the key is not base64";

        string? error = null;
        PublicKey? publicKey = null;
        var type = (NoteKeyType)encoded[0];
        switch (type)
        {
            case NoteKeyType.Ed25519 or NoteKeyType.Cosignature:
                publicKey = PublicKey.FromEd25519(encoded.AsSpan(1));
                error = publicKey is null ? Ed25519Support.UnavailableReason ?? "an Ed25519 key has 32 bytes" : null;
                break;
            case NoteKeyType.Ecdsa:
                if (PublicKey.TryImportSpki(encoded.AsSpan(1), out publicKey, out error) && publicKey.Algorithm != KeyAlgorithm.EcdsaP256)
                    error = "the key is not ECDSA, as its type says";
                break;
            default:
                error = $"signature type 0x{encoded[0]:x2} is not known";
                break;
        }

        if (error is not null) return error;
        var named = new VerifierKey(name, publicKey!, type);
        if (id != named.KeyId.ToString("x8", CultureInfo.InvariantCulture)) return "the key's ID is not that of its name and key";
        key = named;
        return null;
    }

    private static NoteKeyType TypeOf(PublicKey key) => key.Algorithm switch
    {
        KeyAlgorithm.Ed25519 => NoteKeyType.Ed25519,
        KeyAlgorithm.EcdsaP256 => NoteKeyType.Ecdsa,
        _ => throw new ArgumentException("A key that signs notes is Ed25519 or ECDSA on P-256.", nameof(key)),
    };

    private static byte[] Encode(PublicKey key, NoteKeyType type) =>
        [(byte)type, .. type == NoteKeyType.Ecdsa ? key.Spki.Span : Ed25519PublicKey.Raw(key)];

    private static uint ComputeId(string name, PublicKey key, NoteKeyType type)
    {
        var hash = type == NoteKeyType.Ecdsa ? key.Fingerprint : Hash.Sha256([.. NoteText.ToBytes(name), (byte)'\n', .. Encode(key, type)]);
        return BinaryPrimitives.ReadUInt32BigEndian(hash.Bytes);
    }
}
