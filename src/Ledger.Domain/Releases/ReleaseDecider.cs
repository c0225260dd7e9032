using System.Diagnostics;
using Ledger.Domain.Actors;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.FollowUps;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Watches;

namespace Ledger.Domain.Releases;

/// <summary>Decides what follows from a command. Pure: same history and command, same decision; time and identity arrive with it.</summary>
public static class ReleaseDecider
{
    /// <summary>The events that follow, or why there are none.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="state">The release as it stands; null where it was never opened.</param>
    /// <param name="context">Who asks, when, and the policy: for an opening the one it names, else the one the release pinned.</param>
    /// <exception cref="ArgumentException">The context's policy is not there, or not the one the command or the release names: a caller's mistake.</exception>
    public static Decision Decide(ReleaseCommand command, ReleaseState? state, DecisionContext context)
    {
        if (Permissions.Check(context.Actor.Role, command) is { } forbidden) return new Decision.Refused(forbidden);
        if (command is ReleaseCommand.Open open) return OpenDecision.Decide(open, state, context);

        if (state is null)
            return Decision.Refuse("release_unknown", $"there is no release '{command.Release}'", "open it first: ledger release open");
        if (state.Facts.Closed is { } outcome && command is not FollowUpCommand)
            return Decision.Refuse("release_closed", $"'{command.Release}' was closed as {CloseOutcomes.Name(outcome)}", "open a new version; a closed release does not change; only its follow-ups are still recorded");

        if (context.Policy?.Reference != state.Opened.Policy)
            throw new ArgumentException($"a decision about '{command.Release}' needs the policy it pinned, {state.Opened.Policy}", nameof(context));

        var policy = context.Policy.Policy;
        return command switch
        {
            ReleaseCommand.ReportGate report => ReportDecision.Decide(report, state, policy),
            ReleaseCommand.AttestGate attest => AttestDecision.Decide(attest, state, policy),
            ReleaseCommand.WaiveGate waive => WaiveDecision.Decide(waive, policy, context.At),
            ReleaseCommand.SignOff sign => SignOffDecision.Decide(sign, state, context.Policy, Needed(context), context.At),
            ReleaseCommand.WithdrawSignOff withdraw => WithdrawDecision.Decide(withdraw, state, Needed(context), context.Actor),
            ReleaseCommand.Decide decide => GoDecision.Decide(decide, state, context.Policy, Needed(context), context.At),
            DeploymentCommand.Measure measure => MeasureDecision.Decide(measure, state, policy, context.Recorded, context.At),
            DeploymentCommand deployment => DeploymentDecider.Decide(deployment, state, context.Policy, context.At),
            RollbackCommand rollback => RollbackDecider.Decide(rollback, state, context.Policy, context.At),
            WatchCommand.RecordCheck check => CheckDecision.Decide(check, state, policy, context.Actor, context.At),
            DeadlineCommand => DeadlineDecision.Decide(state, policy, context.At),
            FollowUpCommand followUp => FollowUpDecision.Decide(followUp, state, policy),
            ExternalEventCommand.Keep keep => KeepDecision.Decide(keep),
            ReleaseCommand.Close close => CloseDecision.Decide(close, state, policy),
            _ => throw new UnreachableException(),
        };
    }

    private static SignOffContext Needed(DecisionContext context) =>
        context.SignOff ?? throw new ArgumentException("a decision about sign-offs needs what they are held against", nameof(context));
}
