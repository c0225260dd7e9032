using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>A metric that the running service exposes.</summary>
/// <param name="Name">Its name, as the measurements carry it; unique among the metrics.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Labels">The labels it is broken down by.</param>
/// <param name="Reported">How a tool reports it whose numbers have no unit; null where nothing is said.</param>
public sealed record ObservedMetric(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("labels")] IReadOnlyList<string> Labels,
    [property: JsonPropertyName("reported"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReportedMetric? Reported = null);
