using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.GoNoGo;

/// <summary>Which go/no-go of a release is put on file: one that its events alone determine, whenever it is asked for. Pure.</summary>
public static class StandingOnRecord
{
    /// <summary>
    /// The go/no-go that the newest decision was made on, as its event digests it: what came later does not rewrite what was decided on. Where
    /// nothing was decided, the go/no-go after the last event, at the time of that event.
    /// </summary>
    /// <param name="history">The release's events from the first, in order.</param>
    /// <param name="policy">The policy that the release pinned.</param>
    /// <exception cref="ArgumentException">There are no events, or the policy is another.</exception>
    /// <exception cref="InvalidOperationException">The events do not follow one another.</exception>
    public static ReleaseStanding Of(IEnumerable<Recorded<ReleaseEvent>> history, PublishedPolicy policy)
    {
        ReleaseState? state = null;
        ReleaseStanding? decided = null;
        foreach (var recorded in history)
        {
            if (state is not null && recorded.Event is ReleaseEvent.DecisionMade made) decided = ReleaseJudge.Judge(state, policy, made.GoNoGo.At);
            state = ReleaseFold.Evolve(state, recorded);
        }

        if (state is null) throw new ArgumentException("a release has at least one event", nameof(history));
        return decided ?? ReleaseJudge.Judge(state, policy, state.LastAt);
    }
}
