using System.Globalization;
using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Rollbacks;

/// <summary>
/// Computes rollback rules from the measurements in a deployment's state. Each fires when its condition holds at any of the measurements that
/// can still be put in order, and once in an attempt. Pure; the cost does not depend on how many measurements were before.
/// </summary>
internal static class RuleEvaluation
{
    /// <summary>The rules that fire.</summary>
    /// <param name="deployment">With the newest measurements inserted, and not settled.</param>
    /// <param name="metrics">The metrics that something came in for.</param>
    public static IReadOnlyList<RollbackEvent.Triggered> Fired(DeploymentState deployment, IReadOnlyList<string> metrics)
    {
        var fired = new List<RollbackEvent.Triggered>();
        foreach (var metric in metrics)
        {
            var terms = MetricTerms.Of(deployment.Terms!, metric);
            var open = terms.Rules.Where(rule => deployment.Triggers.All(trigger => trigger.Rule != rule.Name || trigger.Kind != rule.Kind)).ToList();
            if (open.Count > 0) Follow(deployment, metric, terms, open, fired);
        }

        if (StepLimit(deployment) is { } limit) fired.Add(limit);
        fired.AddRange(AnalysisLimits(deployment).Where(found => fired.TrueForAll(other => other.Rule != found.Rule || other.Kind != found.Kind)));
        return fired;
    }

    private static void Follow(DeploymentState deployment, string metric, MetricTerms terms, List<RuleTerms> open, List<RollbackEvent.Triggered> fired)
    {
        var series = deployment.SeriesOf(metric);
        var summary = series.Settled;
        foreach (var point in series.Recent)
        {
            summary = summary.With(point, terms);
            for (var i = open.Count - 1; i >= 0; i--)
            {
                // A rule over any analysis may look at several metrics: it fires for the first.
                if (Check(open[i], metric, summary, terms, deployment) is not { } triggered) continue;
                if (fired.TrueForAll(other => other.Rule != triggered.Rule || other.Kind != triggered.Kind)) fired.Add(triggered);
                open.RemoveAt(i);
            }
        }
    }

    private static RollbackEvent.Triggered? Check(RuleTerms rule, string metric, SeriesSummary summary, MetricTerms terms, DeploymentState deployment) => rule.Kind switch
    {
        RuleKind.Sustained => summary.Runs.TryGetValue(rule.Name, out var run) && run.Length >= rule.For!.Value.Duration
            ? Fire(rule, metric, run, $"{metric} {rule.Comparator!.Value.Symbol()} {rule.Threshold} in {run.Count} measurements over {Text(run.Length)}")
            : null,
        RuleKind.FailuresInARow => terms.Analyses
            .Where(analysis => rule.Analysis is null || rule.Analysis == analysis.Name)
            .Select(analysis => summary.Tallies.TryGetValue(analysis.Name, out var tally) && tally.Row is { } row && row.Count >= rule.ConsecutiveFailures
                ? Fire(rule, metric, row, $"{row.Count} measurements of {analysis.Name} failed one after the other: {metric} was not {analysis.Comparator.Symbol()} {analysis.Threshold}")
                : null)
            .FirstOrDefault(triggered => triggered is not null),
        RuleKind.Occurrences => Occurred(rule, metric, summary),
        RuleKind.AboveBaseline => Exceeded(rule, metric, summary, deployment),
        _ => null,
    };

    private static RollbackEvent.Triggered? Occurred(RuleTerms rule, string metric, SeriesSummary summary)
    {
        if (!summary.Occurrences.TryGetValue(rule.Name, out var points)) return null;
        var oldest = points[^1].At - rule.Within!.Value.Duration;
        var inside = points.Where(point => point.At > oldest).ToList();
        var count = inside.Sum(point => point.Value!.Value);
        if (count <= rule.MoreThan) return null;
        Run? run = null;
        foreach (var point in inside) run = Run.Add(run, point);
        return Fire(rule, metric, run!, string.Create(CultureInfo.InvariantCulture, $"{count} of {metric} within {rule.Within}"));
    }

    // Without a baseline nobody can tell: no rule fires on a guess, and the go/no-go says that it is missing.
    private static RollbackEvent.Triggered? Exceeded(RuleTerms rule, string metric, SeriesSummary summary, DeploymentState deployment) =>
        summary.Highest is { } highest && deployment.Baselines.TryGetValue(metric, out var baseline) && baseline.Value is { } before && Exceeds(highest.Value!.Value, rule.TimesBaseline!.Value, before)
            ? Fire(rule, metric, Run.Add(null, highest), string.Create(CultureInfo.InvariantCulture, $"{metric} was {highest.Value}, more than {rule.TimesBaseline} times {before}")) with { Baseline = baseline.Version }
            : null;

    // As people multiply: 3 × 0.7 is 2.1, and 2.1 is no more than that. What decimals cannot hold is compared as it is.
    private static bool Exceeds(double value, double times, double before) =>
        TryDecimal(value, out var exact) && TryDecimal(times, out var multiple) && TryDecimal(before, out var baseline) ? exact > multiple * baseline : value > times * before;

    private static bool TryDecimal(double value, out decimal exact)
    {
        const double most = 1e12, least = 1e-9;
        var fits = value == 0 || Math.Abs(value) is >= least and <= most;
        exact = fits ? (decimal)value : 0;
        return fits;
    }

    private static RollbackEvent.Triggered? StepLimit(DeploymentState deployment)
    {
        if (deployment.RunningStep is not { } running || deployment.FindStep(running.Name) is not { MaxFailures: { } most } step) return null;
        if (deployment.Triggers.Any(trigger => trigger.Kind == RuleKind.AnalysisLimit && trigger.Rule == step.Name)) return null;
        var failures = step.Analyses.Select(name => StepAnalysis.TallyOf(deployment, name, running.Started.At))
            .Where(entry => entry.Tally.Failures is not null)
            .Select(entry => (entry.Analysis, Run: entry.Tally.Failures!)).ToList();
        var count = failures.Sum(entry => entry.Run.Count);
        if (count <= most) return null;
        var newest = failures.MaxBy(entry => entry.Run.Last);
        return new RollbackEvent.Triggered(
            step.Name, RuleKind.AnalysisLimit, $"more than {most} failed measurements in the step {step.Name}", newest.Analysis.Metric,
            new RuleWindow(failures.Min(entry => entry.Run.Since), newest.Run.Last), count, Named(failures.SelectMany(entry => entry.Run.Versions)),
            $"{count} failed: {string.Join(", ", failures.Select(entry => $"{entry.Run.Count} of {entry.Analysis.Name}"))}");
    }

    // What everybody has cannot be given up any more.
    private static IEnumerable<RollbackEvent.Triggered> AnalysisLimits(DeploymentState deployment)
    {
        if (deployment.RunningStep is not { } running) yield break;
        var step = deployment.FindStep(running.Name)!;
        var stopping = deployment.Terms!.Analyses.Where(analysis => step.Analyses.Contains(analysis.Name)
            && (analysis.OnFailure == AnalysisFailure.Rollback || (analysis.OnFailure == AnalysisFailure.Abort && deployment.FullyOut is not null)));
        foreach (var analysis in stopping)
        {
            var tally = StepAnalysis.TallyOf(deployment, analysis.Name, running.Started.At).Tally;
            if (StepAnalysis.FailureOf(analysis, tally, step) is not { } because || deployment.Triggers.Any(trigger => trigger.Kind == RuleKind.AnalysisLimit && trigger.Rule == analysis.Name)) continue;
            var failures = tally.Failures!;
            yield return new RollbackEvent.Triggered(
                analysis.Name, RuleKind.AnalysisLimit, $"the limits of the analysis {analysis.Name} in the step {step.Name}", analysis.Metric,
                new RuleWindow(failures.Since, failures.Last), failures.Count, Named(failures.Versions), because);
        }
    }

    private static RollbackEvent.Triggered Fire(RuleTerms rule, string metric, Run run, string found) =>
        new(rule.Name, rule.Kind, rule.Text, metric, new RuleWindow(run.Since, run.Last), run.Count, Named(run.Versions), found);

    // The first and the newest, as in a run.
    private static List<long> Named(IEnumerable<long> versions)
    {
        var named = versions.Distinct().Order().ToList();
        return named.Count <= Run.VersionsAtMost ? named : [named[0], .. named[^(Run.VersionsAtMost - 1)..]];
    }

    private static string Text(TimeSpan time) => time.TotalMinutes >= 1 && time.Ticks % TimeSpan.TicksPerMinute == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} s");
}
