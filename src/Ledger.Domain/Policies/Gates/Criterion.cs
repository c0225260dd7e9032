using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>One measurable demand of a gate: <c>metric comparator threshold</c>, read from the report of one tool.</summary>
/// <param name="Tool">The tool whose report holds the metric: one of <see cref="MetricCatalog.Tools"/>.</param>
/// <param name="Metric">The metric's name as <see cref="MetricCatalog"/> lists it.</param>
/// <param name="Comparator">How the measurement is compared with the threshold.</param>
/// <param name="Threshold">With its unit; a bare number takes the metric's unit.</param>
/// <param name="Title">What a person calls this demand, or null.</param>
public sealed record Criterion(
    [property: JsonPropertyName("tool")] string Tool,
    [property: JsonPropertyName("metric")] string Metric,
    [property: JsonPropertyName("comparator")] Comparator Comparator,
    [property: JsonPropertyName("threshold")] Quantity Threshold,
    [property: JsonPropertyName("title")] string? Title = null)
{
    /// <summary>The demand as a line of text, e.g. <c>k6 http_req_failed.rate &lt; 0.5%</c>.</summary>
    public override string ToString() => $"{Tool} {Metric} {Comparator.Symbol()} {Threshold.Text}";
}
