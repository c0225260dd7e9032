using Ledger.Domain.Deployments;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;

namespace Ledger.Domain.GoNoGo;

/// <summary>Answers whether a release may go. Pure: state, policy and time in, the same answer out every time.</summary>
public static class ReleaseJudge
{
    /// <summary>The go/no-go of <paramref name="state"/> at <paramref name="at"/>.</summary>
    /// <param name="state">The release.</param>
    /// <param name="policy">The policy that the release pinned when it opened.</param>
    /// <param name="at">The time asked for; parts of a microsecond are cut, because the answer states the time without them.</param>
    /// <exception cref="ArgumentException"><paramref name="policy"/> is not the one the release pinned: a caller's mistake that must not pass for an answer.</exception>
    /// <exception cref="InvalidOperationException">A report's readings are not those that the policy's criteria ask for: the state was not folded from events decided under it.</exception>
    public static ReleaseStanding Judge(ReleaseState state, PublishedPolicy policy, DateTimeOffset at)
    {
        if (policy.Reference != state.Opened.Policy)
            throw new ArgumentException($"the release pinned {state.Opened.Policy}, not {policy.Reference}", nameof(policy));

        at = UtcTimeJsonConverter.Truncate(at);
        var gates = policy.Policy.Gates.Select(gate => GateJudge.Judge(gate, state.Gate(gate.Name), at)).ToList();
        var conditions = policy.Policy.NoGo.Select(condition => ConditionJudge.Judge(condition, policy.Policy, state)).ToList();

        var signOff = SignOffJudge.Judge(state, policy.Policy);

        List<Reason> reasons =
        [
            .. OfTheRelease(state, at),
            .. conditions.Where(entry => entry.Reason is not null).Select(entry => entry.Reason!),
            .. gates.Where(entry => entry.Standing.Required).SelectMany(entry => entry.Reasons),
            .. OfTheSignOffs(state, signOff, at),
            .. DeploymentJudge.Reasons(state.Deployment, policy.Policy, at),
        ];
        if (!policy.Policy.Gates.Any(gate => gate.Required))
            reasons.Add(new Reason("nothing_required", Verdict.Pending, null, policy.Policy.Name, "the policy requires no gate, so nothing shows that the release may go", []));

        var verdict = reasons switch
        {
            [] => Verdict.Go,
            _ when reasons.Exists(reason => reason.Verdict == Verdict.NoGo) => Verdict.NoGo,
            _ => Verdict.Pending,
        };
        return new ReleaseStanding(
            verdict, reasons, [.. gates.Select(entry => entry.Standing)], [.. conditions.Select(entry => entry.Standing)], policy.Reference, at, state.Last,
            signOff, state.Facts.Decision, DeploymentJudge.Judge(state, policy.Policy, at));
    }

    private static IEnumerable<Reason> OfTheRelease(ReleaseState state, DateTimeOffset at)
    {
        if (state.Facts.Closed is { } outcome)
            yield return new Reason("release_closed", Verdict.NoGo, null, "a closed release does not go", $"it was closed as {CloseOutcomes.Name(outcome)}", [state.Facts.ClosedBy!]);
        if (state.Facts.Decision is { Verdict: Verdict.NoGo } decision)
            yield return new Reason("decided_no_go", Verdict.NoGo, null, "a release that was decided against does not go", $"NO_GO was recorded by {decision.By}", [decision.Event]);
        if (state.Opened.DecideBy is { } decideBy && at > decideBy && state.Facts.Decision is not { Verdict: Verdict.Go })
            yield return new Reason("decide_by_passed", Verdict.NoGo, null, $"decide by {UtcTimeJsonConverter.ToText(decideBy)}", "the time for the decision has passed", [state.Facts.OpenedBy]);
        if (state.Opened.Window is { } window && at >= window.End && state.Deployment?.FullyOut is null)
            yield return new Reason("window_ended", Verdict.NoGo, null, $"deploy before {UtcTimeJsonConverter.ToText(window.End)}", "the maintenance window has ended", [state.Facts.OpenedBy]);
    }

    // An emergency goes ahead of its approvals, for as long as they may still come.
    private static IEnumerable<Reason> OfTheSignOffs(ReleaseState state, SignOffStanding? signOff, DateTimeOffset at)
    {
        if (signOff is { State: ChainState.Incomplete or ChainState.Stale } && state.Facts.Decision is { Verdict: Verdict.Go, ApproveBy: { } approveBy } decision)
        {
            return at <= approveBy
                ? []
                : [new Reason("emergency_approval_overdue", Verdict.NoGo, null, $"approve by {UtcTimeJsonConverter.ToText(approveBy)}", "the approvals of an emergency are overdue", [decision.Event])];
        }

        return SignOffJudge.Reasons(signOff);
    }
}
