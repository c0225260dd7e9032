using System.Diagnostics;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Deployments;

/// <summary>Decides about a release's rollout.</summary>
internal static class DeploymentDecider
{
    public static Decision Decide(DeploymentCommand command, ReleaseState state, PublishedPolicy policy, DateTimeOffset at)
    {
        var observed = Truncated(ObservedBy(command));
        if (Breaches.Check(observed, state, at) is { } impossible) return new Decision.Refused(impossible);
        var deployment = state.Deployment ?? DeploymentState.None;
        return command switch
        {
            DeploymentCommand.Start start => StartDecision.Decide(start, observed, state, deployment, policy, at),
            DeploymentCommand.RecordDeviation deviation => DeviationDecision.Decide(deviation, observed!),
            _ when NotStarted(deployment) is { } notStarted => new Decision.Refused(notStarted),
            DeploymentCommand.StartStep start => StepDecision.Start(start, observed, state, deployment, at),
            DeploymentCommand.CompleteStep complete => StepDecision.Complete(complete, observed, deployment, at),
            DeploymentCommand.Pause pause => PauseDecision.Decide(pause, observed, deployment),
            DeploymentCommand.Resume resume => PauseDecision.Decide(resume, observed, deployment),
            DeploymentCommand.Promote => PromoteDecision.Decide(observed, state, deployment, at),
            DeploymentCommand.Abort abort => AbortDecision.Decide(abort, observed, deployment),
            DeploymentCommand.SwitchTraffic switching => SwitchDecision.Decide(switching, observed, state, deployment, at),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>A refusal where nothing is on its way; null where something is.</summary>
    internal static Refusal? NotStarted(DeploymentState deployment) => deployment.Phase switch
    {
        DeploymentPhase.NotStarted => new Refusal("deployment_not_started", "no deployment of the release has started", "start it first: ledger canary start"),
        DeploymentPhase.Aborted => new Refusal("deployment_aborted", $"the deployment was aborted with event {deployment.Aborted!.Event.Sequence}", "start it again, or close the release"),
        DeploymentPhase.RollingBack => new Refusal("rollback_under_way", $"the release is being rolled back since event {deployment.Rollback!.Started.Event.Sequence}", "complete the rollback"),
        DeploymentPhase.RolledBack => new Refusal("rolled_back", "the release was rolled back", "open a new version"),
        DeploymentPhase.Started => null,
        _ => throw new UnreachableException(),
    };

    private static Observation? ObservedBy(DeploymentCommand command) => command switch
    {
        DeploymentCommand.Start start => start.Observed,
        DeploymentCommand.StartStep start => start.Observed,
        DeploymentCommand.CompleteStep complete => complete.Observed,
        DeploymentCommand.Pause pause => pause.Observed,
        DeploymentCommand.Resume resume => resume.Observed,
        DeploymentCommand.Promote promote => promote.Observed,
        DeploymentCommand.Abort abort => abort.Observed,
        DeploymentCommand.SwitchTraffic switching => switching.Observed,
        DeploymentCommand.RecordDeviation deviation => deviation.Observed,
        _ => null,
    };

    /// <summary>What the log keeps is what is decided about: whole microseconds.</summary>
    internal static Observation? Truncated(Observation? observed) => observed is null ? null : observed with { At = UtcTimeJsonConverter.Truncate(observed.At) };
}
