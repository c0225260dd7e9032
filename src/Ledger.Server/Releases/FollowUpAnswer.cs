using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.FollowUps;
using Ledger.Store.Log;

namespace Ledger.Server.Releases;

/// <summary>Something that the policy has done after a release, and what became of it.</summary>
/// <param name="Name">Its name in the policy.</param>
/// <param name="Title">What is done.</param>
/// <param name="Due">Until when; absent where the policy sets no time, or nobody had the release.</param>
/// <param name="Overdue">Whether it is open though its time has passed.</param>
/// <param name="Outcome">What became of it; absent while it is open.</param>
/// <param name="At">When that was recorded.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Note">What was done, or why it need not be.</param>
/// <param name="Reference">Where it can be seen.</param>
/// <param name="Event">The event that says so.</param>
internal sealed record FollowUpAnswer(
    string Name,
    string Title,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? Due,
    bool Overdue,
    FollowUpOutcome? Outcome,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? At,
    string? By,
    string? Note,
    string? Reference,
    EventReference? Event)
{
    /// <param name="standing">Where it stands.</param>
    /// <param name="events">The events that may say more of it, by their place in the log.</param>
    public static FollowUpAnswer Of(FollowUpStanding standing, IReadOnlyDictionary<long, StoredEvent> events)
    {
        var recorded = standing.Recorded;
        var said = recorded is null ? null : events[recorded.Event.Sequence].Recorded<FollowUpEvent.Recorded>().Event;
        return new FollowUpAnswer(
            standing.FollowUp.Name, standing.FollowUp.Title, standing.Due, standing.IsOverdue, recorded?.Outcome, recorded?.At, recorded?.By, said?.Note, said?.Reference, recorded?.Event);
    }
}
