using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies.Checking;

/// <summary>Which values a metric can have at all. Where its users choose what it means, nothing is presumed.</summary>
internal static class MetricNature
{
    private static readonly string[] K6Statistics = [".passes", ".fails"];
    private static readonly string[] K6Counters = ["http_reqs.count", "iterations.count", "dropped_iterations.count", "thresholds.total", "thresholds.failed"];

    /// <summary>The natural range of a metric of a tool, measured in a unit.</summary>
    internal static ValueRange Of(string tool, string metric, Unit unit)
    {
        if (unit == Unit.Boolean) return ValueRange.YesOrNo;
        if (unit is Unit.Milliseconds or Unit.Bytes or Unit.PerSecond) return ValueRange.NotNegative;
        return tool switch
        {
            MetricCatalog.PlainDocument => ValueRange.Any,
            // A k6 Rate is the share of samples that were not zero, whoever defined it.
            "k6" when unit == Unit.Ratio && metric.EndsWith(".rate", StringComparison.Ordinal) => ValueRange.Shares,
            "k6" when K6Counters.Contains(metric) || K6Statistics.Any(statistic => metric.EndsWith(statistic, StringComparison.Ordinal)) => ValueRange.Counts,
            "k6" when metric.StartsWith("vus", StringComparison.Ordinal) => ValueRange.NotNegative,
            "k6" => ValueRange.Any,
            _ => unit switch
            {
                Unit.Ratio => ValueRange.Shares,
                Unit.Count => ValueRange.Counts,
                _ => ValueRange.Any,
            },
        };
    }

    internal static string Describe(ValueRange range) =>
        range == ValueRange.YesOrNo ? "true or false"
        : range == ValueRange.Counts ? "a whole number, 0 or more"
        : range == ValueRange.Shares ? "a share between 0 % and 100 %"
        : "never below 0";
}
