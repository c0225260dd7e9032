using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>A measurement repeated while a release is rolled out. Its limits have the meaning that Argo Rollouts gives them.</summary>
/// <param name="Name">Unique among the analyses; same alphabet as a gate's name.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Metric">The metric's name, as the measurements will carry it.</param>
/// <param name="Comparator">How each measurement is compared with the threshold.</param>
/// <param name="Threshold">With its unit.</param>
/// <param name="Interval">The time between two measurements.</param>
/// <param name="FailureLimit">How many failed measurements are borne in total.</param>
/// <param name="InconclusiveLimit">How many inconclusive measurements are borne in total.</param>
/// <param name="ConsecutiveFailureLimit">How many failed measurements in a row are borne; null where runs are not counted.</param>
/// <param name="Query">What is asked of the monitoring system, or null.</param>
/// <param name="Reported">How a tool reports it whose numbers have no unit; null where nothing is said.</param>
/// <param name="OnFailure">What follows when it failed more often in a step than its limits bear; null is <see cref="AnalysisFailure.Hold"/>.</param>
public sealed record Analysis(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("metric")] string Metric,
    [property: JsonPropertyName("comparator")] Comparator Comparator,
    [property: JsonPropertyName("threshold")] Quantity Threshold,
    [property: JsonPropertyName("interval")] Quantity Interval,
    [property: JsonPropertyName("failureLimit")] int FailureLimit,
    [property: JsonPropertyName("inconclusiveLimit")] int InconclusiveLimit,
    [property: JsonPropertyName("consecutiveFailureLimit")] int? ConsecutiveFailureLimit,
    [property: JsonPropertyName("query")] string? Query = null,
    [property: JsonPropertyName("reported"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReportedMetric? Reported = null,
    [property: JsonPropertyName("onFailure"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AnalysisFailure? OnFailure = null);
