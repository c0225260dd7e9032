using System.Diagnostics;
using Ledger.Domain.Actors;
using Ledger.Domain.Events;

namespace Ledger.Domain.ExternalEvents;

/// <summary>
/// Where a source's stream stands. It does not remember what came: the last event alone says all of it, so that a source costs the same however much
/// it sends. That nothing is received or assigned twice is told by idempotency keys, which last as long as the log.
/// </summary>
/// <param name="Source">Whose events they are.</param>
/// <param name="Last">The stream's last event.</param>
public sealed record InboxState(string Source, EventReference Last)
{
    /// <summary>The state that a stream's last event leaves.</summary>
    public static InboxState Of(Recorded<InboxEvent> last)
    {
        ArgumentNullException.ThrowIfNull(last);
        return new InboxState(last.Event.Source, new EventReference(last.Sequence, last.Version));
    }

    /// <summary>The state after <paramref name="recorded"/>.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow that state.</exception>
    public static InboxState Evolve(InboxState? state, Recorded<InboxEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (state is not null && state.Source != recorded.Event.Source) throw new InvalidOperationException($"the event at sequence {recorded.Sequence} is of another source than its stream");
        return recorded.Event switch
        {
            InboxEvent.Received => Of(recorded),
            InboxEvent.Assigned assigned when IsIn(state, assigned.Event) => Of(recorded),
            InboxEvent.Assigned => throw new InvalidOperationException($"what is assigned at sequence {recorded.Sequence} was never received"),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Decides about an event that fits no release.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="state">Its source's stream; null where nothing of it came before.</param>
    /// <param name="context">Who asks.</param>
    public static Decision Decide(InboxCommand command, InboxState? state, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Permissions.Check(context.Actor.Role, command) is { } forbidden) return new Decision.Refused(forbidden);
        return command switch
        {
            InboxCommand.Receive { Told: var told } => (KeepDecision.Unreadable(told.Source, told.Id, told.Kind, told.Summary) ?? Text.Check("because", told.Because, Text.NoteLength)) is { } unreadable
                ? new Decision.Refused(unreadable)
                : Decision.Accept(told),
            InboxCommand.Assign assign when IsIn(state, assign.Event) => Decision.Accept(new InboxEvent.Assigned(assign.Source, assign.Event, assign.Release.ToString(), assign.Placed)),
            InboxCommand.Assign => Decision.Refuse("event_unknown", "no such event was received", "list those that belong to no release"),
            _ => throw new UnreachableException(),
        };
    }

    private static bool IsIn(InboxState? state, EventReference @event) =>
        state is not null && @event is { Version: >= 1, Sequence: >= 1 } && @event.Version <= state.Last.Version && @event.Sequence <= state.Last.Sequence;
}
