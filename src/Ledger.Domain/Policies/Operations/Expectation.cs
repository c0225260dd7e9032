using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>Something that has to be true of the running service: measured, or attested by a person.</summary>
/// <param name="Name">Unique within its list; same alphabet as a gate's name.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Measured">The comparison that decides it; null where a person attests it.</param>
public sealed record Expectation(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("measured")] MetricCondition? Measured = null);
