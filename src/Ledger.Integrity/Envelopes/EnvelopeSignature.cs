namespace Ledger.Integrity.Envelopes;

/// <summary>One signature of an envelope: the bytes, and a hint whose they are. Says nothing of whether they verify. Immutable and thread-safe.</summary>
public sealed class EnvelopeSignature
{
    /// <summary>The longest signature, in bytes: that of an RSA key of 8192 bits.</summary>
    public const int MaxBytes = 1024;

    /// <summary>The longest key ID, in characters.</summary>
    public const int MaxKeyIdLength = 256;

    /// <summary>Takes a signature made elsewhere.</summary>
    /// <param name="signature">The bytes: 1 to <see cref="MaxBytes"/>, kept without a copy.</param>
    /// <param name="keyId">What the signer calls the key; null or empty for nothing, at most <see cref="MaxKeyIdLength"/>.</param>
    /// <exception cref="ArgumentException">One of them is not as said, or the key ID holds U+0000 or a lone surrogate.</exception>
    public EnvelopeSignature(ReadOnlyMemory<byte> signature, string? keyId = null)
    {
        if (signature.Length is 0 or > MaxBytes) throw new ArgumentException($"A signature has 1 to {MaxBytes} bytes.", nameof(signature));
        if (!EnvelopeText.IsWellFormed(keyId ?? "", MaxKeyIdLength)) throw new ArgumentException("The key ID is too long, or holds U+0000 or a lone surrogate.", nameof(keyId));
        (Signature, KeyId) = (signature, string.IsNullOrEmpty(keyId) ? null : keyId);
    }

    /// <summary>The signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>A hint, never to be decided upon; null when there is none (DSSE: unset is the same as empty).</summary>
    public string? KeyId { get; }
}
