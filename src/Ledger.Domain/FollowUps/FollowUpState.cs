using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.FollowUps;

/// <summary>The newest word on a follow-up.</summary>
/// <param name="FollowUp">Its name in the policy.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Event">The event that says so.</param>
/// <param name="At">When that was recorded.</param>
/// <param name="By">Who recorded it.</param>
public sealed record FollowUpState(
    [property: JsonPropertyName("followUp")] string FollowUp,
    [property: JsonPropertyName("outcome")] FollowUpOutcome Outcome,
    [property: JsonPropertyName("event")] EventReference Event,
    [property: JsonPropertyName("at"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At,
    [property: JsonPropertyName("by")] string By);
