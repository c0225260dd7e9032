using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.Rollbacks;

/// <summary>A rehearsal of the way back.</summary>
public sealed record RehearsalState(
    [property: JsonPropertyName("durationMs")] long DurationMs,
    [property: JsonPropertyName("event")] EventReference Event,
    [property: JsonPropertyName("within"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Within = null);
