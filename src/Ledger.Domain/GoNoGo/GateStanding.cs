using System.Text.Json.Serialization;
using Ledger.Domain.Events;
using Ledger.Domain.Policies;

namespace Ledger.Domain.GoNoGo;

/// <summary>One gate at one time.</summary>
/// <param name="Name">The gate.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Kind">Whether reports or people decide it.</param>
/// <param name="Required">Whether it blocks.</param>
/// <param name="Outcome">Where it stands.</param>
/// <param name="Events">The events it rests on.</param>
/// <param name="Waiver">Who answers for it and until when, while a waiver stands.</param>
/// <param name="Superseded">What was red before and is not any more, each with the reason that was given.</param>
public sealed record GateStanding(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("kind")] GateKind Kind,
    [property: JsonPropertyName("required")] bool Required,
    [property: JsonPropertyName("outcome")] GateOutcome Outcome,
    [property: JsonPropertyName("events")] IReadOnlyList<EventReference> Events,
    [property: JsonPropertyName("waiver"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Releases.WaiverState? Waiver = null,
    [property: JsonPropertyName("superseded"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Releases.Supersedes>? Superseded = null);
