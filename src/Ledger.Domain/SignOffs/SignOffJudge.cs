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
                && !Unanswered(stage.Name, signed, past).Any();
            stages.Add(new StageStanding(stage.Name, stage.Title, stage.Quorum, stage.Roles, signed, complete, reached && signed.Count < stage.Roles.Count));
            reached &= complete;
        }

        // A stage that has its quorum stays open for its other roles until the next one has begun.
        for (var i = 0; i + 1 < stages.Count; i++)
        {
            if (stages.Skip(i + 1).Any(later => later.SignOffs.Count > 0)) stages[i] = stages[i] with { Open = false };
        }

        // Nobody signs past a no to the release as it is.
        var rejected = counting.Exists(signOff => signOff.Decision == SignOffChoice.Reject);
        if (rejected) stages = [.. stages.Select(stage => stage with { Open = false })];

        var chain = rejected || stages.Exists(stage => Unanswered(stage.Name, stage.SignOffs, past).Any()) ? ChainState.Rejected
            : stages.TrueForAll(stage => stage.Complete) ? ChainState.Complete
            : stages.Exists(stage => !stage.Complete && Lost(stage, past).Any()) ? ChainState.Stale
            : ChainState.Incomplete;
        return new SignOffStanding(chain, stages, past);
    }

    /// <summary>Whether a reason is one of <see cref="Reasons"/>.</summary>
    internal static bool IsReason(Reason reason) => reason.Code.StartsWith("sign_off_", StringComparison.Ordinal);

    /// <summary>Why the chain keeps a release from going; none when it is complete.</summary>
    internal static IEnumerable<Reason> Reasons(SignOffStanding? standing)
    {
        foreach (var stage in standing?.Stages ?? [])
        {
            foreach (var no in stage.SignOffs.Where(signOff => signOff.Decision == SignOffChoice.Reject).Concat(Unanswered(stage.Name, stage.SignOffs, standing!.Past)))
                yield return new Reason("sign_off_rejected", Verdict.NoGo, stage.Name, Rule(stage), $"{no.Name} rejected the release as {no.Role}", [no.Event]);

            if (stage.Approvals >= stage.Quorum) continue;
            var lost = Lost(stage, standing!.Past).ToList();
            var have = $"{stage.Approvals} of {stage.Quorum} approvals are there";
            yield return lost.Count > 0
                ? new Reason(
                    "sign_off_stale", Verdict.Pending, stage.Name, Rule(stage),
                    $"{have}; signed before a gate changed, and to be signed again: {string.Join(", ", lost.Select(entry => $"{entry.SignOff.Name} as {entry.SignOff.Role}"))}",
                    [.. stage.SignOffs.Select(signOff => signOff.Event), .. lost.Select(entry => entry.SignOff.Event), lost[0].Stale!])
                : new Reason("sign_off_missing", Verdict.Pending, stage.Name, Rule(stage), have, [.. stage.SignOffs.Select(signOff => signOff.Event)]);
        }
    }

    /// <summary>The approvals of a stage that a gate's change made stale, and whose role has not signed since.</summary>
    private static IEnumerable<PastSignOff> Lost(StageStanding stage, IReadOnlyList<PastSignOff> past) =>
        Overtaken(stage.Name, stage.SignOffs, past).Where(entry => entry.SignOff.Decision == SignOffChoice.Approve);

    // A no does not go away by any gate's moving: it is withdrawn, or its role looks at the release as it is now.
    private static IEnumerable<SignOffState> Unanswered(string stage, IReadOnlyList<SignOffState> signed, IReadOnlyList<PastSignOff> past) =>
        Overtaken(stage, signed, past).Select(entry => entry.SignOff).Where(signOff => signOff.Decision == SignOffChoice.Reject);

    /// <summary>The last word of each role of a stage that has not signed since a gate changed.</summary>
    private static IEnumerable<PastSignOff> Overtaken(string stage, IReadOnlyList<SignOffState> signed, IReadOnlyList<PastSignOff> past) => past
        .Where(entry => entry.SignOff.Stage == stage && entry.SignOff.Withdrawn is null && signed.All(signOff => signOff.Role != entry.SignOff.Role))
        .GroupBy(entry => entry.SignOff.Role, (_, words) => words.Last());

    private static string Rule(StageStanding stage) => $"{stage.Title}: {stage.Quorum} of {string.Join(", ", stage.Roles)}";
}
