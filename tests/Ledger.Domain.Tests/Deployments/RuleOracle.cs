using Ledger.Domain.Deployments;
using Ledger.Domain.Policies;
using Ledger.Domain.Rollbacks;

namespace Ledger.Domain.Tests.Deployments;

/// <summary>
/// The rules and limits of <see cref="RuleOracleProperties"/>'s policy the slow way: which measurements count, and what they come to, is found
/// from every measurement and every step again each time, and from nothing that the ledger keeps.
/// </summary>
internal sealed class RuleOracle(DeploymentTerms terms, DateTimeOffset started)
{
    private readonly Dictionary<string, SortedDictionary<(DateTimeOffset At, string Source), Counted>> _counted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset At, string Source)> _settledTo = new(StringComparer.Ordinal);
    private readonly HashSet<SampleIdentity> _known = [];
    private readonly List<(StepTerms Terms, DateTimeOffset Start)> _steps = [];
    private readonly SortedDictionary<(DateTimeOffset At, string Source), double> _baselines = new(InOrder.Instance);

    /// <summary>The rules and limits that have fired.</summary>
    public HashSet<string> Fired { get; } = new(StringComparer.Ordinal);

    public void Begin(string step, DateTimeOffset at) => _steps.Add((terms.Steps.First(each => each.Name == step), at));

    /// <summary>Takes a measurement of the time before; whether it is new.</summary>
    public bool Baseline(Sample sample)
    {
        if (!_known.Add(SampleIdentity.Of(sample))) return false;
        if (sample.Value is { } value) _baselines[(sample.At, sample.Source)] = value;
        Evaluate();
        return true;
    }

    /// <summary>Takes the measurements of one command; how many of them are new.</summary>
    public int Add(IReadOnlyList<Sample> samples, long version, DateTimeOffset now)
    {
        var fresh = 0;
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sample in samples.Where(sample => _known.Add(SampleIdentity.Of(sample))))
        {
            fresh++;
            if (TimingOf(sample, now) is not null) continue;
            touched.Add(sample.Metric);
            if (!_counted.TryGetValue(sample.Metric, out var all)) _counted[sample.Metric] = all = new SortedDictionary<(DateTimeOffset, string), Counted>(InOrder.Instance);
            all[(sample.At, sample.Source)] = new Counted(sample.At, sample.Value, version);
        }

        if (fresh > 0) Evaluate();
        foreach (var metric in touched)
            if (_counted[metric] is { Count: > SeriesState.RecentAtMost } all) _settledTo[metric] = Later(_settledTo.GetValueOrDefault(metric), all.Keys.ElementAt(all.Count - SeriesState.RecentAtMost - 1));
        return fresh;
    }

    /// <summary>Why a measurement that is new does not count; null where it does.</summary>
    public SampleTiming? TimingOf(Sample sample, DateTimeOffset now)
    {
        if (sample.At > now.AddSeconds(60)) return SampleTiming.Ahead;
        if (sample.At < started) return SampleTiming.Before;
        return _settledTo.TryGetValue(sample.Metric, out var settled) && InOrder.Instance.Compare((sample.At, sample.Source), settled) <= 0 ? SampleTiming.Late : null;
    }

    /// <summary>Holds what a trigger says of its measurements against them.</summary>
    public void Explain(RollbackEvent.Triggered trigger)
    {
        if (terms.Rules.FirstOrDefault(rule => rule.Name == trigger.Rule && rule.Kind == trigger.Kind) is not { Kind: RuleKind.Sustained or RuleKind.Occurrences } rule) return;
        var inside = Values(trigger.Metric).Where(each => each.At >= trigger.Window.From && each.At <= trigger.Window.To).ToList();
        if (rule.Kind == RuleKind.Occurrences) inside.RemoveAll(each => each.Value == 0);
        trigger.Count.ShouldBe(inside.Count);
        trigger.Measurements.ShouldBe(inside.Select(each => each.Version).Distinct().Order());
        if (rule.Kind != RuleKind.Sustained) return;
        inside.ShouldAllBe(each => each.Value > rule.Threshold!.Value.Value);
        (trigger.Window.To - trigger.Window.From).ShouldBeGreaterThanOrEqualTo(rule.For!.Value.Duration);
    }

    private void Evaluate()
    {
        foreach (var rule in terms.Rules)
        {
            var holds = rule.Kind switch
            {
                RuleKind.Sustained => Lasts(Values(rule.Metric!), rule),
                RuleKind.Occurrences => Values(rule.Metric!) is var all && all.Exists(last => all.Where(other => other.At <= last.At && other.At > last.At - rule.Within!.Value.Duration).Sum(other => other.Value) > rule.MoreThan),
                RuleKind.AboveBaseline => _baselines.Count > 0 && Values(rule.Metric!).Exists(each => each.Value > rule.TimesBaseline * _baselines.Last().Value),
                _ => terms.Analyses.Any(analysis => ChainStart(analysis.Name) is { } from && Worst(Failures(analysis, from)) >= rule.ConsecutiveFailures),
            };
            if (holds) Fired.Add(rule.Name);
        }

        if (_steps.Count == 0) return;
        var (step, start) = _steps[^1];
        var analyses = terms.Analyses.Where(analysis => step.Analyses.Contains(analysis.Name)).Select(analysis => (Terms: analysis, Failures: Failures(analysis, start))).ToList();
        if (step.MaxFailures is { } most && analyses.Sum(each => each.Failures.Count(failed => failed)) > most) Fired.Add(step.Name);
        foreach (var (analysis, failures) in analyses.Where(each => each.Terms.OnFailure == AnalysisFailure.Rollback))
            if ((step.MaxFailures is null && failures.Count(failed => failed) > analysis.FailureLimit) || Worst(failures) > analysis.ConsecutiveFailureLimit) Fired.Add(analysis.Name);
    }

    // When the first of the steps began that have had the analysis without a break until now.
    private DateTimeOffset? ChainStart(string analysis)
    {
        DateTimeOffset? start = null;
        for (var i = _steps.Count - 1; i >= 0 && _steps[i].Terms.Analyses.Contains(analysis); i--) start = _steps[i].Start;
        return start;
    }

    private bool Lasts(List<Measured> all, RuleTerms rule)
    {
        for (var first = 0; first < all.Count; first++)
        {
            for (var last = first; last < all.Count && all[last].Value > rule.Threshold!.Value.Value && (last == first || all[last].At - all[last - 1].At <= terms.SilenceLimit!.Value.Duration); last++)
                if (all[last].At - all[first].At >= rule.For!.Value.Duration) return true;
        }

        return false;
    }

    private List<bool> Failures(AnalysisTerms analysis, DateTimeOffset from) => [.. Values(analysis.Metric).Where(each => each.At >= from).Select(each => each.Value >= analysis.Threshold.Value)];

    private static int Worst(List<bool> failures)
    {
        var (worst, row) = (0, 0);
        foreach (var failed in failures) worst = Math.Max(worst, row = failed ? row + 1 : 0);
        return worst;
    }

    private List<Measured> Values(string metric) =>
        _counted.TryGetValue(metric, out var all) ? [.. all.Values.Where(each => each.Value is not null).Select(each => new Measured(each.At, each.Value!.Value, each.Version))] : [];

    private static (DateTimeOffset, string) Later((DateTimeOffset At, string Source) a, (DateTimeOffset At, string Source) b) => InOrder.Instance.Compare(a, b) >= 0 ? a : b;

    private sealed record Counted(DateTimeOffset At, double? Value, long Version);

    private sealed record Measured(DateTimeOffset At, double Value, long Version);

    private sealed class InOrder : IComparer<(DateTimeOffset At, string Source)>
    {
        public static InOrder Instance { get; } = new();

        public int Compare((DateTimeOffset At, string Source) x, (DateTimeOffset At, string Source) y) => x.At != y.At ? x.At.CompareTo(y.At) : string.CompareOrdinal(x.Source, y.Source);
    }
}
