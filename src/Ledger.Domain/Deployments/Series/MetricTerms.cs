using Ledger.Domain.Measurements;

namespace Ledger.Domain.Deployments;

/// <summary>What the terms ask of one metric.</summary>
/// <param name="Analyses">The analyses that measure it.</param>
/// <param name="Rules">The rules that look at it: those over its values, and those over failures of its analyses.</param>
/// <param name="SilenceLimit">How long it may be silent; null where not limited.</param>
internal sealed record MetricTerms(IReadOnlyList<AnalysisTerms> Analyses, IReadOnlyList<RuleTerms> Rules, TimeSpan? SilenceLimit)
{
    public static MetricTerms Of(DeploymentTerms terms, string metric)
    {
        var analyses = terms.Analyses.Where(analysis => analysis.Metric == metric).ToList();
        return new MetricTerms(
            analyses,
            [.. terms.Rules.Where(rule => rule.Kind == RuleKind.FailuresInARow ? analyses.Exists(analysis => rule.Analysis is null || rule.Analysis == analysis.Name) : rule.Metric == metric)],
            terms.SilenceLimit?.Duration);
    }

    /// <summary>Whether anything asks for the metric at all.</summary>
    public bool IsPlanned => Analyses.Count > 0 || Rules.Count > 0;

    /// <summary>Whether values in <paramref name="unit"/> can be compared with everything they are held against.</summary>
    public bool Fits(Unit unit) =>
        Analyses.All(analysis => analysis.Threshold.Fits(unit)) && Rules.All(rule => rule.Threshold?.Fits(unit) != false && (rule.Kind != RuleKind.Occurrences || unit == Unit.Count));

    /// <summary>Whether a value of the metric counts occurrences.</summary>
    public bool Counts => Rules.Any(rule => rule.Kind == RuleKind.Occurrences);
}
