using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Rollbacks;

/// <summary>Which measurements a rule that fired rests on, among those in the events that it names.</summary>
public static class TriggerEvidence
{
    /// <summary>Whether <paramref name="sample"/> is one: it counts, lies in the window, and is of the rule's metric; for a step's limit, failed an analysis of the step.</summary>
    /// <param name="fired">What fired.</param>
    /// <param name="deployment">The deployment it fired in.</param>
    /// <param name="sample">A measurement of an event that <paramref name="fired"/> names.</param>
    public static bool Holds(RollbackEvent.Triggered fired, DeploymentState deployment, Sample sample) =>
        sample.Timing is null && sample.At >= fired.Window.From && sample.At <= fired.Window.To
        && (fired.Kind == RuleKind.AnalysisLimit && deployment.FindStep(fired.Rule) is { } step
            ? deployment.Terms!.Analyses.Any(analysis => analysis.Metric == sample.Metric && step.Analyses.Contains(analysis.Name)
                && sample.Value is { } value && !analysis.Comparator.Holds(value, analysis.Threshold.Value))
            : sample.Metric == fired.Metric);
}
