using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>When a release is taken back, and how fast.</summary>
/// <param name="Rules">Each on its own is reason enough.</param>
/// <param name="Objective">What a rollback is to stay under; null where the policy sets none.</param>
/// <param name="RehearsalGate">The gate that shows the rollback was rehearsed; null where none is asked for.</param>
/// <param name="SilenceLimit">How long measurements may be missing before nobody can tell how the release does; null where not limited.</param>
/// <param name="Procedures">Names of the procedures that carry it out.</param>
public sealed record RollbackPlan(
    [property: JsonPropertyName("rules")] IReadOnlyList<RollbackRule> Rules,
    [property: JsonPropertyName("objective")] Quantity? Objective,
    [property: JsonPropertyName("rehearsalGate")] string? RehearsalGate,
    [property: JsonPropertyName("silenceLimit")] Quantity? SilenceLimit,
    [property: JsonPropertyName("procedures")] IReadOnlyList<string> Procedures);
