using Ledger.Domain.Releases;

namespace Ledger.Verifier.Events;

/// <summary>A release's events folded one by one, with the state before each.</summary>
internal sealed class ReleaseHistory
{
    private ReleaseHistory(IReadOnlyList<Step> steps, ReleaseState state) => (Steps, State) = (steps, state);

    public IReadOnlyList<Step> Steps { get; }

    /// <summary>The state after the last event.</summary>
    public ReleaseState State { get; }

    /// <summary>Folds a release's stream.</summary>
    /// <param name="events">All its events from version 1, in order.</param>
    /// <param name="error">Why they are not a release's history; null when they are.</param>
    public static ReleaseHistory? Read(IReadOnlyList<LoggedEvent> events, out string? error)
    {
        error = "there is no event of the release";
        if (events.Count == 0 || (error = StreamOrder.Check(events[0].Stream, events)) is not null) return null;
        var history = Untrusted.Read(() => Fold(events), out error);
        if (history is not null && history.State.Id?.StreamKey != events[0].Stream) error = $"the release that was opened is not that of '{events[0].Stream}'";
        return error is null ? history : null;
    }

    private static ReleaseHistory Fold(IReadOnlyList<LoggedEvent> events)
    {
        var steps = new List<Step>(events.Count);
        ReleaseState? state = null;
        foreach (var logged in events)
        {
            var recorded = logged.Recorded<ReleaseEvent>();
            steps.Add(new Step(logged, recorded.Event, state));
            state = ReleaseFold.Evolve(state, recorded);
        }

        return new ReleaseHistory(steps, state!);
    }

    /// <summary>One event, and the release before it; null before the first.</summary>
    internal sealed record Step(LoggedEvent Logged, ReleaseEvent Event, ReleaseState? Before);
}
