using System.Diagnostics;
using Ledger.Domain.Deployments;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Rollbacks;

/// <summary>Decides about taking a release back.</summary>
internal static class RollbackDecider
{
    public static Decision Decide(RollbackCommand command, ReleaseState state, PublishedPolicy policy, DateTimeOffset at)
    {
        var deployment = state.Deployment ?? DeploymentState.None;
        switch (command)
        {
            case RollbackCommand.Start start:
                return Start(start, DeploymentDecider.Truncated(start.Observed), state, deployment, at);
            case RollbackCommand.Complete complete:
                return Complete(DeploymentDecider.Truncated(complete.Observed), state, deployment, at);
            case RollbackCommand.Verify verify:
                return Verify(verify, deployment);
            case RollbackCommand.Rehearse rehearse:
                return RehearseDecision.Decide(rehearse, state, policy.Policy);
            default:
                throw new UnreachableException();
        }
    }

    // What was aborted half way may have to be taken back as well.
    private static Decision Start(RollbackCommand.Start command, Observation? observed, ReleaseState state, DeploymentState deployment, DateTimeOffset at)
    {
        if (deployment.Phase is not (DeploymentPhase.Started or DeploymentPhase.Aborted)) return new Decision.Refused(DeploymentDecider.NotStarted(deployment)!);
        if ((Breaches.Check(observed, state, at)
            ?? Text.Check("reason", command.Reason, Text.NoteLength)
            ?? (command.Cause == RollbackCause.Rule && command.Person is null ? null : Text.CheckName("person", command.Person))) is { } unreadable)
        {
            return new Decision.Refused(unreadable);
        }

        var trigger = deployment.Triggers is [.., var newest] ? newest.Event : null;
        var breaches = new Breaches(observed);
        breaches.Add(
            command.Cause == RollbackCause.Rule && trigger is null, "rollback_not_triggered", "no rule fired that takes the release back",
            "say who decided it: a manual or an emergency rollback");
        return breaches.Answer(new RollbackEvent.Started(command.Cause, command.Reason, command.Person, trigger, observed));
    }

    private static Decision Complete(Observation? observed, ReleaseState state, DeploymentState deployment, DateTimeOffset at)
    {
        if (deployment is not { Phase: DeploymentPhase.RollingBack, Rollback: { } rollback })
            return deployment.Phase == DeploymentPhase.RolledBack ? new Decision.Refused(DeploymentDecider.NotStarted(deployment)!) : NotUnderWay();
        if (Breaches.Check(observed, state, at) is { } impossible) return new Decision.Refused(impossible);

        var when = observed?.At ?? at;
        if (when < rollback.Started.At)
            return Decision.Refuse("time_before_start", $"the rollback started at {UtcTimeJsonConverter.ToText(rollback.Started.At)}, after it is said to have been completed", "set the source's clock");
        var took = when - rollback.Started.At;
        var objective = deployment.Terms!.RollbackObjective?.Duration;
        return Decision.Accept(new RollbackEvent.Completed(
            (long)took.TotalMilliseconds, (long?)objective?.TotalMilliseconds, objective is null ? null : took < objective, observed));
    }

    private static Decision Verify(RollbackCommand.Verify command, DeploymentState deployment)
    {
        if ((Text.Check("note", command.Note, Text.NoteLength) ?? Text.CheckOptional("evidence", command.EvidenceLink, Text.NoteLength)) is { } unreadable)
            return new Decision.Refused(unreadable);
        if (deployment is not { Phase: DeploymentPhase.RolledBack, Rollback: { } rollback }) return NotUnderWay();
        return rollback is { Verified: { } verified, Works: true }
            ? Decision.Refuse("already_verified", $"the rollback was verified with event {verified.Event.Sequence}", "nothing to do")
            : Decision.Accept(new RollbackEvent.Verified(command.Works, command.Note, command.EvidenceLink));
    }

    private static Decision NotUnderWay() => Decision.Refuse("rollback_not_under_way", "no rollback of the release is there", "start it first: ledger rollback start");
}
