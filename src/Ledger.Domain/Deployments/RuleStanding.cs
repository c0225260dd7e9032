using System.Globalization;
using Ledger.Domain.Rollbacks;

namespace Ledger.Domain.Deployments;

/// <summary>How a rollback rule stands, from the measurements that the state keeps.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Progress">In a word.</param>
/// <param name="Because">In words.</param>
/// <param name="Trigger">Where it fired.</param>
/// <param name="Since">Since when its condition holds; null where it does not.</param>
/// <param name="Count">How many measurements, or occurrences, it rests on so far; null where its condition does not hold.</param>
public sealed record RuleStanding(RuleTerms Rule, RuleProgress Progress, string Because, TriggerState? Trigger = null, DateTimeOffset? Since = null, double? Count = null)
{
    /// <summary>Every rule, in the policy's order. Pure.</summary>
    /// <param name="terms">What the deployment is, or would be, held to.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="at">The time it is looked at.</param>
    public static IReadOnlyList<RuleStanding> Of(DeploymentTerms terms, DeploymentState deployment, DateTimeOffset at) => [.. terms.Rules.Select(rule => Of(rule, terms, deployment, at))];

    private static RuleStanding Of(RuleTerms rule, DeploymentTerms terms, DeploymentState deployment, DateTimeOffset at)
    {
        if (deployment.Triggers.FirstOrDefault(trigger => trigger.Rule == rule.Name && trigger.Kind == rule.Kind) is { } fired)
            return new RuleStanding(rule, RuleProgress.Fired, fired.Found, fired);
        if (deployment.Started is null) return new RuleStanding(rule, RuleProgress.NotEvaluated, "the deployment has not started");

        string[] metrics = rule.Metric is { } looked
            ? [looked]
            : [.. terms.Analyses.Where(analysis => rule.Analysis is null || rule.Analysis == analysis.Name).Select(analysis => analysis.Metric).Distinct(StringComparer.Ordinal)];
        var building = Building(rule, metrics, terms, deployment);
        return metrics.Select(metric => Unknown(rule, metric, terms, deployment, at)).FirstOrDefault(because => because is not null) is { } unknown
            ? new RuleStanding(rule, RuleProgress.NotEvaluated, unknown, Since: building?.Since, Count: building?.Count)
            : building is var (since, count)
                ? new RuleStanding(rule, RuleProgress.Building, string.Create(CultureInfo.InvariantCulture, $"{count} so far, since {UtcTimeJsonConverter.ToText(since)}"), null, since, count)
                : new RuleStanding(rule, RuleProgress.Quiet, "its condition does not hold");
    }

    // What cannot be told is never taken for quiet.
    private static string? Unknown(RuleTerms rule, string metric, DeploymentTerms terms, DeploymentState deployment, DateTimeOffset at)
    {
        if (rule.Kind == RuleKind.AboveBaseline && deployment.Baselines.GetValueOrDefault(metric).Value is null) return $"nothing says what {metric} was before the release";
        var series = deployment.SeriesOf(metric);
        if (series.Newest is not { } newest) return $"{metric} was not measured";
        if (!series.Recent.Any(point => point.Value is not null)) return $"the newest measurements of {metric} could not tell";
        return deployment.Phase == DeploymentPhase.Started && at - newest > terms.SilenceLimit?.Duration ? $"{metric} was not measured since {UtcTimeJsonConverter.ToText(newest)}" : null;
    }

    private static (DateTimeOffset Since, double Count)? Building(RuleTerms rule, string[] metrics, DeploymentTerms terms, DeploymentState deployment)
    {
        (DateTimeOffset Since, double Count)? most = null;
        foreach (var metric in metrics)
        {
            var asked = MetricTerms.Of(terms, metric);
            var summary = deployment.SeriesOf(metric).Summary(asked);
            foreach (var found in Holding(rule, asked, summary))
                if (!(most?.Count >= found.Count)) most = found;
        }

        return most;
    }

    private static IEnumerable<(DateTimeOffset Since, double Count)> Holding(RuleTerms rule, MetricTerms asked, SeriesSummary summary)
    {
        switch (rule.Kind)
        {
            case RuleKind.Sustained when summary.Runs.TryGetValue(rule.Name, out var run):
                yield return (run.Since, run.Count);
                break;
            case RuleKind.FailuresInARow:
                foreach (var analysis in asked.Analyses.Where(analysis => rule.Analysis is null || rule.Analysis == analysis.Name))
                    if (summary.Tallies.TryGetValue(analysis.Name, out var tally) && tally.Row is { } failures) yield return (failures.Since, failures.Count);
                break;
            case RuleKind.Occurrences when summary.Occurrences.TryGetValue(rule.Name, out var points):
                var inside = points.Where(point => point.At > points[^1].At - rule.Within!.Value.Duration).ToList();
                yield return (inside[0].At, inside.Sum(point => point.Value!.Value));
                break;
        }
    }
}
