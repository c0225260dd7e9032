using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Deployments;

/// <summary>
/// What measurements of a metric come to, taken one after the other in the order of their times: as much as its rules and analyses need of
/// all that were before, so that the next one costs the same however many there were.
/// </summary>
/// <param name="Runs">By sustained rule: the run of bad measurements that lasts.</param>
/// <param name="Occurrences">By rule: the newest occurrences, no more than the rule can look at.</param>
/// <param name="Tallies">By analysis of the running step.</param>
/// <param name="Highest">The highest value; null where a rule does not ask for it, or none was measured.</param>
public sealed record SeriesSummary(
    [property: JsonPropertyName("runs")] ImmutableSortedDictionary<string, Run> Runs,
    [property: JsonPropertyName("occurrences")] ImmutableSortedDictionary<string, ImmutableArray<Point>> Occurrences,
    [property: JsonPropertyName("tallies")] ImmutableSortedDictionary<string, Tally> Tallies,
    [property: JsonPropertyName("highest"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Point? Highest = null)
{
    /// <summary>Of no measurement.</summary>
    public static SeriesSummary Empty { get; } = new(
        ImmutableSortedDictionary.Create<string, Run>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, ImmutableArray<Point>>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, Tally>(StringComparer.Ordinal));

    /// <summary>With <paramref name="point"/>, which is later than every one before.</summary>
    internal SeriesSummary With(Point point, MetricTerms terms)
    {
        var (runs, occurrences, tallies, highest) = (Runs, Occurrences, Tallies, Highest);
        foreach (var analysis in terms.Analyses)
        {
            if (tallies.TryGetValue(analysis.Name, out var tally)) tallies = tallies.SetItem(analysis.Name, tally.With(point, analysis, analysis.SilenceUnder(terms.SilenceLimit)));
        }

        if (point.Value is { } value)
        {
            foreach (var rule in terms.Rules)
            {
                switch (rule.Kind)
                {
                    case RuleKind.Sustained:
                        runs = Extend(runs, rule.Name, point, rule.Comparator!.Value.Holds(value, rule.Threshold!.Value.Value), terms.SilenceLimit);
                        break;
                    case RuleKind.Occurrences when value > 0:
                        occurrences = occurrences.SetItem(rule.Name, Occur(occurrences.GetValueOrDefault(rule.Name, []), point, rule));
                        break;
                    case RuleKind.AboveBaseline when !(value <= highest?.Value):
                        highest = point;
                        break;
                }
            }
        }

        return new SeriesSummary(runs, occurrences, tallies, highest);
    }

    // Where measurements were missing for too long, nobody can say that it was bad all the time: a run that is to last starts again.
    private static ImmutableSortedDictionary<string, Run> Extend(
        ImmutableSortedDictionary<string, Run> runs, string rule, Point point, bool holds, TimeSpan? silenceLimit)
    {
        if (!holds) return runs.Remove(rule);
        var run = runs.GetValueOrDefault(rule);
        return runs.SetItem(rule, Run.Add(run is not null && point.At - run.Last > silenceLimit ? null : run, point));
    }

    // Each is of one occurrence at least, so one more than is borne is as far back as the rule can see.
    private static ImmutableArray<Point> Occur(ImmutableArray<Point> points, Point point, RuleTerms rule)
    {
        var oldest = point.At - rule.Within!.Value.Duration;
        var kept = points.RemoveAll(each => each.At <= oldest).Add(point);
        return kept.Length > rule.MoreThan + 1 ? kept.RemoveAt(0) : kept;
    }
}
