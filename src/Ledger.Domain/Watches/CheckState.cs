using System.Text.Json.Serialization;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Watches;

/// <summary>The newest word on a check.</summary>
/// <param name="Outcome">What it came to.</param>
/// <param name="Source">Where it was looked up.</param>
/// <param name="Event">The event that says so.</param>
/// <param name="Value">What was measured, where it was.</param>
/// <param name="Supersedes">The last red one that this one, or one before it, stands in place of, and why.</param>
public sealed record CheckState(
    [property: JsonPropertyName("outcome")] Outcome Outcome,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("event")] EventReference Event,
    [property: JsonPropertyName("value"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Value = null,
    [property: JsonPropertyName("supersedes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Supersedes? Supersedes = null);
