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
        var results = report.Measurements
            .Where(measurement => measurement.Name == criterion.Metric)
            .Select(measurement => Result(criterion, OutcomeOf(criterion, measurement, report, goodWhenItHolds), measurement.Value))
            .DefaultIfEmpty(Result(criterion, Outcome.NotEvaluated, null))
            .ToList();

        // A report that states a metric twice is held to the worse of the two.
        return results.Find(result => result.Outcome == Combine(results))!;
    }

    private static Outcome OutcomeOf(Criterion criterion, Measurement measurement, ReportContent report, bool goodWhenItHolds)
    {
        if (measurement.Unit != UnitOf(criterion) || !double.IsFinite(measurement.Value)) return Outcome.NotEvaluated;
        if (criterion.Comparator.Holds(measurement.Value, criterion.Threshold.Value) != goodWhenItHolds) return Outcome.Failed;
        return report.NotEvaluatedBecause is null ? Outcome.Passed : Outcome.NotEvaluated;
    }

    // A bare threshold takes the metric's unit; where the metric has none of its own it means a count, whatever the reporter says.
    private static Unit UnitOf(Criterion criterion)
    {
        if (criterion.Threshold.Unit is { } written) return written;
        return MetricCatalog.TryFind(criterion.Tool, criterion.Metric, out var unit) && unit is { } fixedUnit ? fixedUnit : Unit.Count;
    }

    // The log's canonical JSON has no negative zero (RFC 8785 section 3.2.2.3), so what is decided now must not have one either.
    private static CriterionResult Result(Criterion criterion, Outcome outcome, double? value) =>
        new(criterion.Metric, criterion.Comparator, criterion.Threshold, outcome, value == 0 ? 0 : value);
}
