using Ledger.Integrity.Keys;

namespace Ledger.Integrity.Envelopes;

/// <summary>What was found signed: the very bytes that the signatures were checked over, never parsed a second time from the envelope.</summary>
public sealed class VerifiedEnvelope
{
    internal VerifiedEnvelope(string payloadType, ReadOnlyMemory<byte> payload, IReadOnlyList<PublicKey> signedBy) =>
        (PayloadType, Payload, SignedBy) = (payloadType, payload, signedBy);

    /// <summary>What the payload is: the type that was expected.</summary>
    public string PayloadType { get; }

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The trusted keys that signed, each once, in the order of the signatures.</summary>
    public IReadOnlyList<PublicKey> SignedBy { get; }
}
