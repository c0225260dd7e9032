using Ledger.Domain.Releases;

namespace Ledger.Domain.Deployments;

/// <summary>How an analysis stands in a step: counted so far while the step runs, as it was recorded once the step is over.</summary>
/// <param name="Terms">What it is held to.</param>
/// <param name="Outcome">Not evaluated where its measurements are missing or do not tell.</param>
/// <param name="Measured">How many measurements had a value.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Inconclusive">How many had none.</param>
/// <param name="Because">Why it did not pass; null where it did.</param>
/// <param name="InARow">How many of the step have failed since the last one that did not; null where the step does not run.</param>
/// <param name="WorstInARow">The most that failed one after the other; null where the step does not run.</param>
public sealed record AnalysisStanding(
    AnalysisTerms Terms, Outcome Outcome, int Measured, int Failed, int Inconclusive, string? Because, int? InARow = null, int? WorstInARow = null)
{
    /// <summary>The analyses of a step, in the plan's order. Pure.</summary>
    /// <param name="terms">What the deployment is, or would be, held to.</param>
    /// <param name="step">The step.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="at">The time it is looked at.</param>
    public static IReadOnlyList<AnalysisStanding> Of(DeploymentTerms terms, StepTerms step, DeploymentState deployment, DateTimeOffset at)
    {
        var taken = deployment.Steps.FirstOrDefault(each => each.Name == step.Name);
        if (taken is not null && taken == deployment.RunningStep) return [.. StepAnalysis.Of(deployment, step, taken, at).Select(each => Running(each.Result, each.Because))];
        return [.. step.Analyses.Select(name => taken?.Analyses.FirstOrDefault(each => each.Analysis == name) is { } result ? Recorded(result) : Unknown(name))];

        AnalysisTerms TermsOf(string name) => terms.Analyses.First(each => each.Name == name);

        AnalysisStanding Running(AnalysisResult result, string? because)
        {
            var (analysis, tally) = StepAnalysis.TallyOf(deployment, result.Analysis, taken!.Started.At);
            return new AnalysisStanding(analysis, result.Outcome, result.Measured, result.Failed, result.Inconclusive, because, tally.InARow, tally.WorstInARow);
        }

        AnalysisStanding Recorded(AnalysisResult result) => new(
            TermsOf(result.Analysis), result.Outcome, result.Measured, result.Failed, result.Inconclusive,
            result.Outcome == Outcome.Passed ? null : $"of {result.Measured} measurements {result.Failed} failed, and {result.Inconclusive} more could not tell");

        AnalysisStanding Unknown(string name) => new(
            TermsOf(name), Outcome.NotEvaluated, 0, 0, 0, taken is null ? "the step has not begun" : "the step was left before it was over");
    }
}
