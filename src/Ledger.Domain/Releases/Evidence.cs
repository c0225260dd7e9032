using System.Text.Json.Serialization;

namespace Ledger.Domain.Releases;

/// <summary>The stored bytes an event rests on. They live beside the log, under their digest.</summary>
/// <param name="Digest">SHA-256 of the bytes as stored, that is after redaction.</param>
/// <param name="Size">Their number.</param>
/// <param name="MediaType">What they are.</param>
public sealed record Evidence(
    [property: JsonPropertyName("digest")] Digest Digest,
    [property: JsonPropertyName("size")] long Size,
    [property: JsonPropertyName("mediaType")] string MediaType);
