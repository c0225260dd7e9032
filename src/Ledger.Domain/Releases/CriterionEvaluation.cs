using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Releases;

/// <summary>Holds a report's measurements against what a policy asks of them.</summary>
public static class CriterionEvaluation
{
    /// <summary>
    /// The criterion held against the report. Without a value in a unit that can be compared it is not evaluated, and so is every
    /// criterion of a report that proves nothing, unless the report itself shows the criterion to fail.
    /// </summary>
    public static CriterionResult Evaluate(Criterion criterion, ReportContent report) => Evaluate(criterion, report, goodWhenItHolds: true);

    /// <summary>A NO-GO criterion held against the report: it fails (the NO-GO is present) when what it states holds.</summary>
    public static CriterionResult EvaluateNoGo(Criterion criterion, ReportContent report) => Evaluate(criterion, report, goodWhenItHolds: false);

    /// <summary>What several results come to: failed if any failed, else not evaluated if any was not, or if there is none, else passed.</summary>
    public static Outcome Combine(IReadOnlyList<CriterionResult> results)
    {
        if (results.Any(result => result.Outcome == Outcome.Failed)) return Outcome.Failed;
        return results.Count > 0 && results.All(result => result.Outcome == Outcome.Passed) ? Outcome.Passed : Outcome.NotEvaluated;
    }

    private static CriterionResult Evaluate(Criterion criterion, ReportContent report, bool goodWhenItHolds)
    {
        var measurement = report.Measurements.FirstOrDefault(measurement => measurement.Name == criterion.Metric);
        var outcome = Outcome.NotEvaluated;
        if (measurement is not null && criterion.Threshold.Fits(measurement.Unit))
        {
            var good = criterion.Comparator.Holds(measurement.Value, criterion.Threshold.Value) == goodWhenItHolds;
            if (!good) outcome = Outcome.Failed;
            else if (report.NotEvaluatedBecause is null) outcome = Outcome.Passed;
        }

        return new CriterionResult(criterion.Metric, criterion.Comparator, criterion.Threshold, outcome, measurement?.Value);
    }
}
