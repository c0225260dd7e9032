using System.Text.Json.Serialization;

namespace Ledger.Domain.Releases;

/// <summary>A measurable NO-GO condition held against a report: passed means it is absent, failed means it is present.</summary>
/// <param name="Condition">The condition's name in the policy.</param>
/// <param name="Result">The demand, the value and what came of it.</param>
public sealed record ConditionResult(
    [property: JsonPropertyName("condition")] string Condition,
    [property: JsonPropertyName("result")] CriterionResult Result);
