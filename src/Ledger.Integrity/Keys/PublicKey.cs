using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

/// <summary>
/// A public key that checks signatures. Immutable; any number of threads may use one, though ECDSA and RSA keys check one signature at a
/// time. Reading a key costs more than a check: keep it. Equal where the key is the same, even if an RSA key is known under two algorithms.
/// </summary>
public abstract class PublicKey : IEquatable<PublicKey>
{
    internal const string PemLabel = "PUBLIC KEY";

    private readonly byte[] _spki;

    private protected PublicKey(byte[] spki) => (_spki, Fingerprint) = (spki, Hash.Sha256(spki));

    /// <summary>The algorithm of the key.</summary>
    public abstract KeyAlgorithm Algorithm { get; }

    /// <summary>The DER of the SubjectPublicKeyInfo (RFC 5280 §4.1.2.7; RFC 8410 §4 for Ed25519).</summary>
    public ReadOnlyMemory<byte> Spki => _spki;

    /// <summary>SHA-256 of <see cref="Spki"/>: names the key independently of any name given to it.</summary>
    public Hash Fingerprint { get; }

    /// <summary><see cref="Fingerprint"/> as 64 lower-case hexadecimal digits: the key's ID in envelopes and in the log.</summary>
    public string KeyId => Fingerprint.ToString();

    /// <summary>Whether <paramref name="signature"/> is this key's over <paramref name="data"/>. Any malformed signature is false.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>The key as PEM (RFC 7468 §13, <c>PUBLIC KEY</c>), without a newline at the end.</summary>
    public string ExportSpkiPem() => PemEncoding.WriteString(PemLabel, _spki);

    /// <summary>Reads a log's key: Ed25519, or P-256 on its curve. <see cref="SignerKeyReader"/> reads those that sign statements.</summary>
    /// <param name="pem">Text with exactly one PEM block, <c>PUBLIC KEY</c>.</param>
    /// <param name="key">The key; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryImportSpkiPem(ReadOnlySpan<char> pem, [NotNullWhen(true)] out PublicKey? key, [NotNullWhen(false)] out string? error)
    {
        key = null;
        return Pem.TryDecode(pem, PemLabel, out var spki, out error) && TryImportSpki(spki, out key, out error);
    }

    /// <inheritdoc cref="TryImportSpkiPem"/>
    /// <param name="spki">The DER, all of it.</param>
    /// <param name="key"/><param name="error"/>
    public static bool TryImportSpki(ReadOnlySpan<byte> spki, [NotNullWhen(true)] out PublicKey? key, [NotNullWhen(false)] out string? error)
    {
        key = Ed25519PublicKey.IsSpki(spki) ? Ed25519PublicKey.FromSpki(spki) : EcdsaPublicKey.FromSpki(spki, EcdsaCurve.P256);
        error = key is null ? "the key is neither Ed25519 nor ECDSA on P-256, or not one that this machine can use" : null;
        return key is not null;
    }

    /// <summary>The Ed25519 key of these 32 bytes (RFC 8032 §5.1.5).</summary>
    /// <returns>Null when there are not 32 bytes, or <see cref="Ed25519Support"/> says that they cannot be used here.</returns>
    public static PublicKey? FromEd25519(ReadOnlySpan<byte> key) => Ed25519PublicKey.FromRaw(key);

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && _spki.AsSpan().SequenceEqual(other._spki);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => Fingerprint.GetHashCode();
}
