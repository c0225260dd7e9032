using Ledger.Domain.Events;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Deployments;

/// <summary>Decides whether an analysis that has just failed stops the rollout by itself, where the policy says so. One that had failed before stops it no second time.</summary>
internal static class AnalysisStops
{
    /// <summary>That it is given up, else that it stands still; null where neither follows.</summary>
    /// <param name="before">The deployment before the measurements.</param>
    /// <param name="measured">The measurements.</param>
    /// <param name="version">Their place in the release's stream.</param>
    public static LedgerEvent? Of(DeploymentState before, DeploymentEvent.Measured measured, long version)
    {
        if (before is not { Phase: DeploymentPhase.Started, RunningStep: { } running }) return null;
        var step = before.FindStep(running.Name)!;
        var stopping = before.Terms!.Analyses.Where(analysis => analysis.OnFailure is AnalysisFailure.Pause or AnalysisFailure.Abort && step.Analyses.Contains(analysis.Name)).ToList();
        if (stopping.Count == 0) return null;

        var after = DeploymentFold.Insert(before, measured.Measurements, version);
        string? paused = null;
        foreach (var analysis in stopping)
        {
            if (FailureIn(before, analysis) is not null || FailureIn(after, analysis) is not { } because) continue;
            var reason = $"the analysis {analysis.Name} failed: {because}";
            // What everybody has is rolled back instead.
            if (analysis.OnFailure == AnalysisFailure.Abort && before.FullyOut is null) return new DeploymentEvent.Aborted(reason);
            if (analysis.OnFailure == AnalysisFailure.Pause) paused ??= reason;
        }

        return paused is null || before.Paused is not null ? null : new DeploymentEvent.Paused(paused);

        string? FailureIn(DeploymentState deployment, AnalysisTerms analysis) =>
            StepAnalysis.FailureOf(analysis, StepAnalysis.TallyOf(deployment, analysis.Name, running.Started.At).Tally, step);
    }
}
