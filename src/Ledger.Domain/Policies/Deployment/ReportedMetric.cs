using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>How a tool reports a metric whose numbers come without a unit, as Argo's do: stated once, where the metric is.</summary>
/// <param name="Unit">What the numbers count in, as <see cref="StatedUnit"/> reads it.</param>
/// <param name="As">What the tool calls the metric; null where it is called as it is here.</param>
public sealed record ReportedMetric(
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("as"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? As = null);

/// <summary>What a policy says of the numbers that tools report.</summary>
public static class ReportedMetrics
{
    /// <summary>Every metric of which the policy says how it is reported, with the path where it says so.</summary>
    public static IEnumerable<(string Metric, ReportedMetric Reported, string Path)> Reported(this Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        for (var i = 0; i < policy.Analyses.Count; i++)
            if (policy.Analyses[i].Reported is { } reported) yield return (policy.Analyses[i].Metric, reported, $"$.analyses[{i}].reported");
        var metrics = policy.Monitoring?.Metrics ?? [];
        for (var i = 0; i < metrics.Count; i++)
            if (metrics[i].Reported is { } reported) yield return (metrics[i].Name, reported, $"$.monitoring.metrics[{i}].reported");
    }

    /// <summary>The metric that a tool reports under a name; null where the policy does not say.</summary>
    public static string? MetricReportedAs(this Policy policy, string name) => policy.Reported().FirstOrDefault(each => each.Reported.As == name).Metric;

    /// <summary>What a metric's numbers count in where they come without a unit; null where the policy does not say.</summary>
    public static StatedUnit? UnitOf(this Policy policy, string metric) =>
        policy.Reported().FirstOrDefault(each => each.Metric == metric).Reported is { } reported && StatedUnit.TryParse(reported.Unit, out var unit) ? unit : null;
}
