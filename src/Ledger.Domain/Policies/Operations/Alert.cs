using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>What calls people.</summary>
/// <param name="Name">Unique among the alerts; same alphabet as a gate's name.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="When">The comparison that fires it; null where the policy does not say.</param>
/// <param name="For">How long it must hold without a break; null for at once.</param>
/// <param name="Within">The span over which occurrences are counted; null where nothing is counted.</param>
public sealed record Alert(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("when")] MetricCondition? When = null,
    [property: JsonPropertyName("for")] Quantity? For = null,
    [property: JsonPropertyName("within")] Quantity? Within = null);
