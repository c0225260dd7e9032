using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Watches;

namespace Ledger.Domain.Releases;

/// <summary>
/// Decides how a release may be closed: where the policy plans its deployment, as what its events bear out; and after an emergency not before its
/// approvals were answered for, because nothing is due of a release that is closed.
/// </summary>
internal static class CloseDecision
{
    public static Decision Decide(ReleaseCommand.Close command, ReleaseState state, Policy policy)
    {
        if (Text.Check("reason", command.Reason, Text.NoteLength) is { } unreadable) return new Decision.Refused(unreadable);
        if (command.Outcome != CloseOutcome.Abandoned && ApprovalsAwaited(command.Outcome, state, policy) is { } awaited) return new Decision.Refused(awaited);
        return policy.Deployment is not null && Against(command.Outcome, state.Deployment ?? DeploymentState.None, policy) is { } message
            ? Decision.Refuse("close_not_borne_out", $"the release did not end as {CloseOutcomes.Name(command.Outcome)}: {message}", "'ledger release status' shows what happened")
            : Decision.Accept(new ReleaseEvent.Closed(command.Outcome, command.Reason));
    }

    // Whoever closes it before they are due would be rid of them.
    private static Refusal? ApprovalsAwaited(CloseOutcome outcome, ReleaseState state, Policy policy)
    {
        if (state.Facts.Decision is not { Verdict: Verdict.Go, ApproveBy: { } approveBy } || SignOffJudge.Judge(state, policy) is not { State: not ChainState.Complete } chain) return null;
        var isAnswered = chain.State == ChainState.Rejected
            || (state.Deployment?.Passed.TryGetValue(Deadline.Name(DeadlineKind.ApprovalDue), out var passed) == true && passed.Due >= approveBy);
        return isAnswered && outcome != CloseOutcome.Succeeded
            ? null
            : new Refusal("approvals_awaited", $"it went ahead as an emergency, and its approvals are not there; they are due by {UtcTimeJsonConverter.ToText(approveBy)}", "let them be signed: ledger sign");
    }

    private static string? Against(CloseOutcome outcome, DeploymentState deployment, Policy policy) => outcome switch
    {
        CloseOutcome.Succeeded => AgainstSuccess(deployment, policy),
        CloseOutcome.RolledBack when deployment.Phase != DeploymentPhase.RolledBack => "no rollback was completed",
        CloseOutcome.RolledBack when deployment.Rollback!.Works == false => "what was there before was found not to work",
        CloseOutcome.Failed when deployment.Attempt == 0 => "nothing was deployed",
        CloseOutcome.Abandoned when deployment.Attempt > 0 => $"its deployment started with event {deployment.Started!.Event.Sequence}",
        _ => null,
    };

    // What was not looked at is not a success.
    private static string? AgainstSuccess(DeploymentState deployment, Policy policy)
    {
        if (deployment is not { Phase: DeploymentPhase.Started, Promoted: not null }) return "it was not promoted";
        if (deployment.Triggers is [.., var trigger]) return $"the rule '{trigger.Rule}' fired";
        if (deployment.Deviations is [.., var deviation]) return $"it went against its plan or its policy: {deviation.Code}: {deviation.Message}";
        if (deployment.Terms!.Steps.FirstOrDefault(step => !deployment.Steps.Any(taken => taken.Name == step.Name && taken.Completed is not null)) is { } open)
            return $"the step '{open.Name}' was not completed";
        if (policy.AfterDeployment is not null && deployment.Watch?.Outcome != Outcome.Passed)
            return deployment.Watch is null ? "its watch is not over" : "not every check of its watch passed";
        return policy.Success.FirstOrDefault(criterion => deployment.Checks.GetValueOrDefault(DeploymentState.KeyOf(CheckList.Success, criterion.Name))?.Outcome != Outcome.Passed) is { } missing
            ? $"the success criterion '{missing.Name}' is not shown to be met"
            : null;
    }
}
