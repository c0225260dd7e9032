using System.Diagnostics;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;

namespace Ledger.Domain.Rollbacks;

/// <summary>Folds what happens on the way back.</summary>
internal static class RollbackFold
{
    public static DeploymentState Evolve(DeploymentState state, RollbackEvent happened, EventReference reference, DateTimeOffset at) => happened switch
    {
        RollbackEvent.Triggered fired => state with
        {
            Triggers = state.Triggers.Add(new TriggerState(fired.Rule, fired.Kind, fired.Text, fired.Found, reference)),
        },
        RollbackEvent.Started started => state with
        {
            Phase = DeploymentPhase.RollingBack,
            Paused = null,
            Rollback = new RollbackState(started.Cause, started.Reason, new Moment(started.Observed?.At ?? at, reference)),
        },
        RollbackEvent.Completed completed => state with
        {
            Phase = DeploymentPhase.RolledBack,
            Rollback = Of(state, reference) with { Completed = new Moment(completed.Observed?.At ?? at, reference), Within = completed.Within },
        },
        RollbackEvent.Verified verified => state with { Rollback = Of(state, reference) with { Verified = new Moment(at, reference), Works = verified.Works } },
        RollbackEvent.Rehearsed rehearsed => state with { Rehearsed = new RehearsalState(rehearsed.DurationMs, reference, rehearsed.Within) },
        _ => throw new UnreachableException(),
    };

    private static RollbackState Of(DeploymentState state, EventReference reference) =>
        state.Rollback ?? throw new InvalidOperationException($"no rollback began before sequence {reference.Sequence}");
}
