using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Releases;

/// <summary>A criterion held against a report.</summary>
/// <param name="Metric">The metric asked for.</param>
/// <param name="Comparator">How it was compared.</param>
/// <param name="Threshold">With what.</param>
/// <param name="Outcome">Whether it holds; not evaluated when there is no value to compare.</param>
/// <param name="Value">What the report says, in the metric's unit; null when it does not say.</param>
public sealed record CriterionResult(
    [property: JsonPropertyName("metric")] string Metric,
    [property: JsonPropertyName("comparator")] Comparator Comparator,
    [property: JsonPropertyName("threshold")] Quantity Threshold,
    [property: JsonPropertyName("outcome")] Outcome Outcome,
    [property: JsonPropertyName("value"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Value = null);
