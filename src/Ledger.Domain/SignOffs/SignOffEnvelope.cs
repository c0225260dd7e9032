using System.Text.Json.Serialization;

namespace Ledger.Domain.SignOffs;

/// <summary>A DSSE envelope as the log keeps it (Dead Simple Signing Envelope 1.0.2, JSON form).</summary>
public sealed record SignOffEnvelope(
    [property: JsonPropertyName("payloadType")] string PayloadType,
    [property: JsonPropertyName("payload")] string Payload,
    [property: JsonPropertyName("signatures")] IReadOnlyList<EnvelopeSignature> Signatures);

/// <summary>One signature of an envelope. The key's id is a hint and decides nothing.</summary>
public sealed record EnvelopeSignature(
    [property: JsonPropertyName("sig")] string Sig,
    [property: JsonPropertyName("keyid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? KeyId = null);
