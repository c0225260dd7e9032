using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.SignOffs;

/// <summary>Answers how far a release's sign-off chain is. Pure.</summary>
public static class SignOffJudge
{
    /// <summary>The chain of <paramref name="state"/>; null where the policy asks for none.</summary>
    public static SignOffStanding? Judge(ReleaseState state, Policy policy)
    {
        if (policy.SignOff.Count == 0) return null;

        // Whatever a gate's newest event came after was signed for another state of the release.
        var change = state.LastGateChange;
        var counting = state.Facts.SignOffs.Where(signOff => signOff.Withdrawn is null && signOff.Event.Version > (change?.Version ?? 0)).ToList();
        var past = state.Facts.SignOffs.Except(counting)
            .Select(signOff => new PastSignOff(signOff, signOff.Event.Version < change?.Version ? change : null)).ToList();

        var stages = new List<StageStanding>(policy.SignOff.Count);
        var reached = true;
        foreach (var stage in policy.SignOff)
        {
            var signed = counting.Where(signOff => signOff.Stage == stage.Name).ToList();
            var complete = reached && signed.Count(signOff => signOff.Decision == SignOffChoice.Approve) >= stage.Quorum;
            stages.Add(new StageStanding(stage.Name, stage.Title, stage.Quorum, stage.Roles, signed, complete, reached && signed.Count < stage.Roles.Count));
            reached = complete;
        }

        // A stage that has its quorum stays open for its other roles until the next one has begun.
        for (var i = 0; i + 1 < stages.Count; i++)
        {
            if (stages.Skip(i + 1).Any(later => later.SignOffs.Count > 0)) stages[i] = stages[i] with { Open = false };
        }

        var chain = counting.Exists(signOff => signOff.Decision == SignOffChoice.Reject) ? ChainState.Rejected
            : stages.TrueForAll(stage => stage.Complete) ? ChainState.Complete
            : past.Exists(entry => entry.Stale is not null && entry.SignOff.Withdrawn is null && !counting.Exists(newer => newer.Signer == entry.SignOff.Signer)) ? ChainState.Stale
            : ChainState.Incomplete;
        if (chain == ChainState.Rejected) stages = [.. stages.Select(stage => stage with { Open = false })];
        return new SignOffStanding(chain, stages, past);
    }

    /// <summary>Why the chain keeps a release from going; none when it is complete.</summary>
    internal static IEnumerable<Reason> Reasons(SignOffStanding? standing)
    {
        foreach (var stage in standing?.Stages ?? [])
        {
            foreach (var rejection in stage.SignOffs.Where(signOff => signOff.Decision == SignOffChoice.Reject))
                yield return new Reason("sign_off_rejected", Verdict.NoGo, stage.Name, Rule(stage), $"{rejection.Name} rejected the release as {rejection.Role}", [rejection.Event]);

            if (stage.Complete) continue;
            var lost = standing!.Past.Where(entry => entry.Stale is not null && entry.SignOff.Withdrawn is null && entry.SignOff.Stage == stage.Name).ToList();
            var have = stage.SignOffs.Count(signOff => signOff.Decision == SignOffChoice.Approve);
            yield return lost.Count > 0 && have == 0
                ? new Reason(
                    "sign_off_stale", Verdict.Pending, stage.Name, Rule(stage),
                    $"{string.Join(", ", lost.Select(entry => entry.SignOff.Name).Distinct())} signed before a gate changed, and must sign again",
                    [.. lost.Select(entry => entry.SignOff.Event), lost[^1].Stale!])
                : new Reason(
                    "sign_off_missing", Verdict.Pending, stage.Name, Rule(stage), $"{have} of {stage.Quorum} approvals are there", [.. stage.SignOffs.Select(signOff => signOff.Event)]);
        }
    }

    private static string Rule(StageStanding stage) => $"{stage.Title}: {stage.Quorum} of {string.Join(", ", stage.Roles)}";
}
