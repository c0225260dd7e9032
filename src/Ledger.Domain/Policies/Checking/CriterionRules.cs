using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies.Checking;

/// <summary>Checks criteria one by one, and gives those that make sense a place on the number line.</summary>
internal static class CriterionRules
{
    /// <summary>A criterion whose tool, metric and unit are known.</summary>
    internal sealed record Placed(Criterion Criterion, string Path, Unit Unit)
    {
        internal (string, string) Key => (Criterion.Tool, Criterion.Metric);

        internal ValueRange Nature => MetricNature.Of(Criterion.Tool, Criterion.Metric, Unit);

        internal ValueRange Narrow(ValueRange range) => range.Where(Criterion.Comparator, Criterion.Threshold.Value);

        internal ValueRange Cut(ValueRange range) => range.WhereNot(Criterion.Comparator, Criterion.Threshold.Value);
    }

    /// <summary>The criteria of a list that make sense; the others have gone to the problems.</summary>
    internal static IReadOnlyList<Placed> Place(IReadOnlyList<Criterion> criteria, string path, ProblemSink problems) =>
        [.. criteria.Select((criterion, i) => Place(criterion, $"{path}[{i}]", problems)).OfType<Placed>()];

    private static Placed? Place(Criterion criterion, string path, ProblemSink problems)
    {
        if (!MetricCatalog.Knows(criterion.Tool))
        {
            problems.Error(
                PolicyProblemCodes.UnknownTool, $"{path}.tool", $"Reports of '{criterion.Tool}' cannot be read; use one of {string.Join(", ", MetricCatalog.Tools)}.",
                Nearest.Hint(criterion.Tool, MetricCatalog.Tools));
            return null;
        }

        if (!MetricCatalog.TryFind(criterion.Tool, criterion.Metric, out var measuredIn))
        {
            problems.Error(
                PolicyProblemCodes.UnknownMetric, $"{path}.metric", $"Reports of {criterion.Tool} hold no metric '{criterion.Metric}'; {Alternatives(criterion.Tool)}.",
                Nearest.Hint(criterion.Metric, MetricCatalog.MetricsOf(criterion.Tool)));
            return null;
        }

        if (measuredIn is { } unit && !criterion.Threshold.Fits(unit))
        {
            problems.Error(
                PolicyProblemCodes.UnitMismatch, $"{path}.threshold", $"'{criterion.Threshold.Text}' cannot be compared with {criterion.Metric}; write {Example(unit)}.");
            return null;
        }

        return new Placed(criterion, path, UnitOf(criterion));
    }

    /// <summary>The unit that a criterion compares in. A bare number takes the metric's unit; where the metric has none of its own it means a count.</summary>
    internal static Unit UnitOf(Criterion criterion) =>
        MetricCatalog.TryFind(criterion.Tool, criterion.Metric, out var measuredIn) && measuredIn is { } unit ? unit : criterion.Threshold.Unit ?? Unit.Count;

    private static string Alternatives(string tool) => tool switch
    {
        "k6" => "write a metric and its statistic, e.g. http_req_duration.p(95), http_req_failed.rate, checks.rate",
        MetricCatalog.PlainDocument => "use letters, digits and . _ ( ) / -, at most 120",
        _ => $"use one of {string.Join(", ", MetricCatalog.MetricsOf(tool))}",
    };

    private static string Example(Unit unit) => unit switch
    {
        Unit.Count => "a plain number, e.g. 0",
        Unit.Ratio => "a share, e.g. 0.5%",
        Unit.Milliseconds => "a duration, e.g. 150ms",
        Unit.Bytes => "a size, e.g. 256MiB",
        Unit.PerSecond => "a rate, e.g. 1000/s",
        Unit.UsDollars => "an amount, e.g. $0.20",
        Unit.Boolean => "true or false",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
