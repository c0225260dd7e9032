using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>How often metrics are collected somewhere.</summary>
/// <param name="Environment">Where, e.g. <c>production</c>; unique among the scrapes.</param>
/// <param name="Interval">The time between two collections.</param>
public sealed record Scrape(
    [property: JsonPropertyName("environment")] string Environment,
    [property: JsonPropertyName("interval")] Quantity Interval);
