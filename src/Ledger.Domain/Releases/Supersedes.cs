using System.Text.Json.Serialization;

namespace Ledger.Domain.Releases;

/// <summary>What a newer report or attestation stands in place of. Both stay in the log.</summary>
/// <param name="Version">The stream version of the event that stood before.</param>
/// <param name="Reason">Why the new one counts; always there when red turned into something else.</param>
public sealed record Supersedes(
    [property: JsonPropertyName("version")] long Version,
    [property: JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);
