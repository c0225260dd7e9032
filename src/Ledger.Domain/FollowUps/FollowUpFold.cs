using System.Diagnostics;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Domain.FollowUps;

/// <summary>Folds what became of follow-ups: the newest word on each, sorted by name.</summary>
internal static class FollowUpFold
{
    public static ReleaseFacts Evolve(ReleaseFacts facts, FollowUpEvent happened, EventReference reference, DateTimeOffset at, string by)
    {
        if (happened is not FollowUpEvent.Recorded recorded) throw new UnreachableException();
        var known = facts.FollowUps ?? [];
        var newest = new FollowUpState(recorded.FollowUp, recorded.Outcome, reference, at, by);
        return facts with { FollowUps = [.. known.Where(each => each.FollowUp != recorded.FollowUp).Append(newest).OrderBy(each => each.FollowUp, StringComparer.Ordinal)] };
    }
}
