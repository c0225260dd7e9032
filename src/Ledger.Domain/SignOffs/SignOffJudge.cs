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
            var complete = signed.Count(signOff => signOff.Decision == SignOffChoice.Approve) >= stage.Quorum
                && !past.Exists(entry => entry.SignOff.Stage == stage.Name && IsUnansweredRejection(entry, signed));
            stages.Add(new StageStanding(stage.Name, stage.Title, stage.Quorum, stage.Roles, signed, complete, reached && signed.Count < stage.Roles.Count));
            reached &= complete;
        }

        // A stage that has its quorum stays open for its other roles until the next one has begun.
        for (var i = 0; i + 1 < stages.Count; i++)
        {
            if (stages.Skip(i + 1).Any(later => later.SignOffs.Count > 0)) stages[i] = stages[i] with { Open = false };
        }

        var chain = counting.Exists(signOff => signOff.Decision == SignOffChoice.Reject) ? ChainState.Rejected
            : stages.TrueForAll(stage => stage.Complete) ? ChainState.Complete
            : stages.Exists(stage => !stage.Complete && Lost(stage, past).Any()) ? ChainState.Stale
            : ChainState.Incomplete;
        if (chain == ChainState.Rejected) stages = [.. stages.Select(stage => stage with { Open = false })];
        return new SignOffStanding(chain, stages, past);
    }

    /// <summary>Whether a reason is one of <see cref="Reasons"/>.</summary>
    internal static bool IsReason(Reason reason) => reason.Code.StartsWith("sign_off_", StringComparison.Ordinal);

    /// <summary>Why the chain keeps a release from going; none when it is complete.</summary>
    internal static IEnumerable<Reason> Reasons(SignOffStanding? standing)
    {
        foreach (var stage in standing?.Stages ?? [])
        {
            foreach (var rejection in stage.SignOffs.Where(signOff => signOff.Decision == SignOffChoice.Reject))
                yield return new Reason("sign_off_rejected", Verdict.NoGo, stage.Name, Rule(stage), $"{rejection.Name} rejected the release as {rejection.Role}", [rejection.Event]);

            if (stage.Complete) continue;
            var lost = Lost(stage, standing!.Past).ToList();
            var have = $"{stage.SignOffs.Count(signOff => signOff.Decision == SignOffChoice.Approve)} of {stage.Quorum} approvals are there";
            yield return lost.Count > 0
                ? new Reason(
                    "sign_off_stale", Verdict.Pending, stage.Name, Rule(stage),
                    $"{have}; signed before a gate changed, and to be signed again: {string.Join(", ", lost.Select(entry => $"{entry.SignOff.Name} as {entry.SignOff.Role}").Distinct())}",
                    [.. stage.SignOffs.Select(signOff => signOff.Event), .. lost.Select(entry => entry.SignOff.Event), lost[0].Stale!])
                : new Reason("sign_off_missing", Verdict.Pending, stage.Name, Rule(stage), have, [.. stage.SignOffs.Select(signOff => signOff.Event)]);
        }
    }

    /// <summary>The sign-offs of a stage that stand, that a gate's change made stale, and whose role has not signed since.</summary>
    private static IEnumerable<PastSignOff> Lost(StageStanding stage, IReadOnlyList<PastSignOff> past) => past.Where(entry =>
        entry.SignOff.Stage == stage.Name && entry.SignOff.Withdrawn is null && stage.SignOffs.All(signOff => signOff.Role != entry.SignOff.Role));

    // A no does not go away by any gate's moving: it is withdrawn, or its role looks at the release as it is now.
    private static bool IsUnansweredRejection(PastSignOff entry, IReadOnlyList<SignOffState> signed) =>
        entry.SignOff is { Decision: SignOffChoice.Reject, Withdrawn: null } rejection && signed.All(signOff => signOff.Role != rejection.Role);

    private static string Rule(StageStanding stage) => $"{stage.Title}: {stage.Quorum} of {string.Join(", ", stage.Roles)}";
}
