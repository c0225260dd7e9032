using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Domain.Events;
using Ledger.Domain.FollowUps;
using Ledger.Domain.SignOffs;

namespace Ledger.Domain.Releases;

/// <summary>What is known of a release as a whole, beside its gates.</summary>
/// <param name="Opened">How the release was announced.</param>
/// <param name="OpenedBy">The event that did.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="Opener">The subject of the token that opened it.</param>
/// <param name="Reporters">The subjects of the tokens that reported or attested gates, each once, sorted.</param>
/// <param name="SignOffs">Every sign-off there ever was, oldest first.</param>
/// <param name="Decision">The newest recorded decision; null where there is none.</param>
/// <param name="Closed">How the release ended; null while it is open.</param>
/// <param name="ClosedBy">The event that ended it.</param>
/// <param name="FollowUps">What became of what the policy has done afterwards, by name; null where nothing was recorded.</param>
public sealed record ReleaseFacts(
    [property: JsonPropertyName("opened")] ReleaseEvent.Opened Opened,
    [property: JsonPropertyName("openedBy")] EventReference OpenedBy,
    [property: JsonPropertyName("openedAt"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset OpenedAt,
    [property: JsonPropertyName("opener")] string Opener,
    [property: JsonPropertyName("reporters")] ImmutableArray<string> Reporters,
    [property: JsonPropertyName("signOffs")] ImmutableArray<SignOffState> SignOffs,
    [property: JsonPropertyName("decision"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DecisionState? Decision = null,
    [property: JsonPropertyName("closed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CloseOutcome? Closed = null,
    [property: JsonPropertyName("closedBy"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EventReference? ClosedBy = null,
    [property: JsonPropertyName("followUps"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<FollowUpState>? FollowUps = null);
