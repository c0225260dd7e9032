using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Rollbacks;

/// <summary>
/// What measurements make fire, computed from a release's events alone: for the decision that appends the triggers, and for whoever asks later
/// whether they had to be there. How rules are computed is as fixed as an event's name: a log holds what it came to. Pure.
/// </summary>
public static class TriggerReplay
{
    /// <summary>The triggers that follow an event of measurements, in their order; none where the release is not on its way.</summary>
    /// <param name="before">The release before that event.</param>
    /// <param name="measured">The event.</param>
    /// <param name="version">Its place in the release's stream.</param>
    public static IReadOnlyList<RollbackEvent.Triggered> Of(ReleaseState before, DeploymentEvent.Measured measured, long version) =>
        // What has been given up or taken back is still measured, but there is nothing left to take back.
        before.Deployment is { Phase: DeploymentPhase.Started } deployment
            ? RuleEvaluation.Fired(
                DeploymentFold.Insert(deployment, measured.Measurements, version), [.. measured.Measurements.Select(sample => sample.Metric).Distinct(StringComparer.Ordinal)])
            : [];
}
