using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>A comparison with a measurement of the running service: <c>metric comparator threshold</c>.</summary>
/// <param name="Metric">The metric's name, as the measurements carry it.</param>
/// <param name="Comparator">How the measurement is compared with the threshold.</param>
/// <param name="Threshold">With its unit.</param>
public sealed record MetricCondition(
    [property: JsonPropertyName("metric")] string Metric,
    [property: JsonPropertyName("comparator")] Comparator Comparator,
    [property: JsonPropertyName("threshold")] Quantity Threshold);
