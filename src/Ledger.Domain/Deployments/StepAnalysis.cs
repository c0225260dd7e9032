using Ledger.Domain.Releases;

namespace Ledger.Domain.Deployments;

/// <summary>What the analyses of a step come to, from its measurements. Pure.</summary>
internal static class StepAnalysis
{
    /// <summary>One for each analysis of the step, in the plan's order, with the reason where it did not pass.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="step">The step's terms.</param>
    /// <param name="running">The step.</param>
    /// <param name="at">Until when.</param>
    public static IReadOnlyList<(AnalysisResult Result, string? Because)> Of(DeploymentState deployment, StepTerms step, StepState running, DateTimeOffset at)
    {
        var tallies = step.Analyses.Select(name => TallyOf(deployment, name, running.Started.At)).ToList();
        var failed = tallies.Sum(entry => entry.Tally.Failed);
        return
        [
            .. tallies.Select(entry =>
            {
                var (outcome, because) = Judge(entry.Analysis, entry.Tally, step, failed, entry.Analysis.SilenceUnder(deployment.Terms!.SilenceLimit?.Duration), at);
                return (new AnalysisResult(entry.Analysis.Name, outcome, entry.Tally.Measured, entry.Tally.Failed, entry.Tally.Inconclusive), because);
            }),
        ];
    }

    /// <summary>An analysis of the running step as counted so far.</summary>
    public static (AnalysisTerms Analysis, Tally Tally) TallyOf(DeploymentState deployment, string name, DateTimeOffset from)
    {
        var analysis = deployment.Terms!.Analyses.First(each => each.Name == name);
        var summary = deployment.SeriesOf(analysis.Metric).Summary(MetricTerms.Of(deployment.Terms, analysis.Metric));
        return (analysis, summary.Tallies.TryGetValue(name, out var tally) ? tally : Tally.Begin(from, version: 0, isPartial: false));
    }

    /// <summary>Why an analysis of the running step failed by its own limits; null where it did not.</summary>
    public static string? FailureOf(AnalysisTerms analysis, Tally tally, StepTerms step)
    {
        if (step.MaxFailures is null && tally.Failed > analysis.FailureLimit) return $"{tally.Failed} failed measurements, and it bears {analysis.FailureLimit}";
        return tally.WorstInARow > analysis.ConsecutiveFailureLimit
            ? $"{tally.WorstInARow} measurements failed one after the other, and it bears {analysis.ConsecutiveFailureLimit}"
            : null;
    }

    private static (Outcome Outcome, string? Because) Judge(AnalysisTerms analysis, Tally tally, StepTerms step, int failedInStep, TimeSpan? silenceLimit, DateTimeOffset at)
    {
        if (failedInStep > step.MaxFailures && tally.Failed > 0) return (Outcome.Failed, $"{failedInStep} failed measurements in the step, and it bears {step.MaxFailures}");
        if (FailureOf(analysis, tally, step) is { } failure) return (Outcome.Failed, failure);
        if (tally.Inconclusive > analysis.InconclusiveLimit)
            return (Outcome.NotEvaluated, $"{tally.Inconclusive} measurements could not tell, and it bears {analysis.InconclusiveLimit}");
        if (tally.IsPartial) return (Outcome.NotEvaluated, "measurements came before the step was known, and cannot be put in order any more");
        if (tally.Last is not { } last) return (Outcome.NotEvaluated, "nothing was measured in the step");
        if (at - last > silenceLimit) return (Outcome.NotEvaluated, $"nothing was measured since {UtcTimeJsonConverter.ToText(last)}");
        return tally.CoveredSince > tally.From && step.Duration is { } duration && at - tally.CoveredSince < duration.Duration
            ? (Outcome.NotEvaluated, $"measurements were missing until {UtcTimeJsonConverter.ToText(tally.CoveredSince)}; the step takes {duration} from there")
            : (Outcome.Passed, null);
    }
}
