using System.Diagnostics.CodeAnalysis;

using Ledger.Integrity.Keys;

namespace Ledger.Integrity.Envelopes;

/// <summary>
/// A DSSE envelope (DSSE 1.0.2): a payload, its type, and signatures over both. What was only read is not to be believed:
/// <see cref="VerifiedEnvelope"/> has the payload that may be. Immutable and thread-safe.
/// </summary>
public sealed class Envelope
{
    /// <summary>The largest envelope that is read, in bytes of JSON.</summary>
    public const int MaxBytes = 1_048_576;

    /// <summary>The largest payload, in bytes: in base64, with as many signatures as there may be, it fits into <see cref="MaxBytes"/>.</summary>
    public const int MaxPayloadBytes = 700_000;

    /// <summary>The most signatures: each may be tried with every key.</summary>
    public const int MaxSignatures = 32;

    /// <summary>The longest payload type, in characters.</summary>
    public const int MaxPayloadTypeLength = 256;

    private readonly ReadOnlyMemory<byte> _payload;

    /// <summary>Puts together an envelope.</summary>
    /// <param name="payloadType">What the payload is: not empty, at most <see cref="MaxPayloadTypeLength"/>.</param>
    /// <param name="payload">The payload, at most <see cref="MaxPayloadBytes"/>, kept without a copy.</param>
    /// <param name="signatures">Signatures over <see cref="PreAuthenticationEncoding"/> of both; at most <see cref="MaxSignatures"/>.</param>
    /// <exception cref="ArgumentException">One of them is not as said.</exception>
    public Envelope(string payloadType, ReadOnlyMemory<byte> payload, IReadOnlyList<EnvelopeSignature> signatures)
    {
        if (payloadType.Length == 0 || !EnvelopeText.IsWellFormed(payloadType, MaxPayloadTypeLength))
            throw new ArgumentException($"A payload type has 1 to {MaxPayloadTypeLength} characters, none of them U+0000 or half of one.", nameof(payloadType));
        if (signatures.Count > MaxSignatures) throw new ArgumentException($"An envelope has at most {MaxSignatures} signatures.", nameof(signatures));
        if (payload.Length > MaxPayloadBytes) throw new ArgumentException($"A payload has at most {MaxPayloadBytes} bytes.", nameof(payload));
        (PayloadType, _payload, Signatures) = (payloadType, payload, [.. signatures]);
    }

    /// <summary>What the payload claims to be.</summary>
    public string PayloadType { get; }

    /// <summary>The signatures, in order.</summary>
    public IReadOnlyList<EnvelopeSignature> Signatures { get; }

    /// <summary>The payload, for those who are about to sign it or to show it as unverified; never to be acted upon.</summary>
    public ReadOnlyMemory<byte> UnverifiedPayload => _payload;

    /// <summary>Signs a payload.</summary>
    /// <exception cref="ArgumentException">The type or the payload is not as the constructor wants it.</exception>
    public static Envelope Sign(string payloadType, ReadOnlyMemory<byte> payload, params IEnumerable<SigningKey> keys) =>
        new Envelope(payloadType, payload, []).Sign(keys);

    /// <summary>The envelope with the signatures of these keys after those it has; the hint is <see cref="PublicKey.KeyId"/>.</summary>
    /// <exception cref="ArgumentException">There would be more than <see cref="MaxSignatures"/>.</exception>
    public Envelope Sign(params IEnumerable<SigningKey> keys)
    {
        var signed = PreAuthenticationEncoding.Encode(PayloadType, _payload.Span);
        return With(keys.Select(key => new EnvelopeSignature(key.Sign(signed), key.PublicKey.KeyId)));
    }

    /// <summary>The envelope with more signatures after those it has, e.g. one that <c>openssl</c> made.</summary>
    /// <exception cref="ArgumentException">There would be more than <see cref="MaxSignatures"/>.</exception>
    public Envelope With(params IEnumerable<EnvelopeSignature> signatures) => new(PayloadType, _payload, [.. Signatures, .. signatures]);

    /// <summary>
    /// Checks type and signatures (DSSE protocol.md, "Multi-signature Verification"). Signatures of others are passed over, and a key counts once
    /// however often it signed. Key IDs only say which key is tried first.
    /// </summary>
    /// <param name="payloadType">The type that is expected.</param>
    /// <param name="keys">The keys that are trusted to sign it.</param>
    /// <param name="threshold">How many of them must have signed; at least 1.</param>
    /// <param name="verified">The payload and who signed it; null unless valid.</param>
    /// <returns>Codes: <c>envelope_payload_type_differs</c>, <c>envelope_not_signed</c>, <c>envelope_threshold_not_met</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is less than 1.</exception>
    public Verification Verify(string payloadType, IReadOnlyCollection<PublicKey> keys, int threshold, out VerifiedEnvelope? verified)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 1);
        verified = null;
        if (PayloadType != payloadType) return Verification.Invalid("envelope_payload_type_differs", $"the payload is {PayloadType}, not {payloadType}");

        var signedBy = EnvelopeSigners.Find(PreAuthenticationEncoding.Encode(PayloadType, _payload.Span), Signatures, keys);
        if (signedBy.Count == 0) return Verification.Invalid("envelope_not_signed", "no signature verifies with a trusted key");
        if (signedBy.Count < threshold)
            return Verification.Invalid("envelope_threshold_not_met", $"{threshold} trusted keys must have signed; {signedBy.Count} did");
        verified = new VerifiedEnvelope(PayloadType, _payload, signedBy);
        return Verification.Valid;
    }

    /// <summary>Checks type and signature against one key.</summary>
    /// <inheritdoc cref="Verify(string, IReadOnlyCollection{PublicKey}, int, out VerifiedEnvelope?)"/>
    public Verification Verify(string payloadType, PublicKey key, out VerifiedEnvelope? verified) => Verify(payloadType, [key], 1, out verified);

    /// <summary>The envelope as canonical JSON (RFC 8785) with standard base64: however it was written, the same envelope has the same bytes.</summary>
    public byte[] ToBytes() => EnvelopeJson.Write(PayloadType, _payload.Span, Signatures);

    /// <summary>Reads an envelope. Members that DSSE does not define are passed over, as it wants; duplicates are refused.</summary>
    /// <param name="utf8">The JSON; at most <see cref="MaxBytes"/>.</param>
    /// <param name="envelope">The envelope; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Envelope? envelope, [NotNullWhen(false)] out string? error)
    {
        envelope = null;
        error = EnvelopeJson.Read(utf8, ref envelope);
        return error is null;
    }
}
