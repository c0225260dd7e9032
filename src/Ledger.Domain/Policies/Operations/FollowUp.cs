using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>Something that is done after a release.</summary>
/// <param name="Name">Unique among the follow-ups; same alphabet as a gate's name.</param>
/// <param name="Title">What is done.</param>
/// <param name="Due">How long after the deployment; null where there is no deadline.</param>
public sealed record FollowUp(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("due")] Quantity? Due = null);
