using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.GoNoGo;

/// <summary>One NO-GO condition at one time.</summary>
/// <param name="Name">The condition.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Outcome">Whether it is there.</param>
/// <param name="Events">The events that tell.</param>
public sealed record ConditionStanding(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("outcome")] ConditionOutcome Outcome,
    [property: JsonPropertyName("events")] IReadOnlyList<EventReference> Events);
