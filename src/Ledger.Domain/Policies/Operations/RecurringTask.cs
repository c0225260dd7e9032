using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>Something that is done again and again.</summary>
/// <param name="Name">Unique among the tasks; same alphabet as a gate's name.</param>
/// <param name="Title">What is done.</param>
/// <param name="Every">How often, e.g. <c>1d</c>; null for "regularly".</param>
public sealed record RecurringTask(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("every")] Quantity? Every = null);
