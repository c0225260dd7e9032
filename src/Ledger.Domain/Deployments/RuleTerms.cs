using System.Diagnostics;
using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Deployments;

/// <summary>A rollback rule; see <see cref="RollbackRule"/>. Which members are there follows from the kind.</summary>
/// <param name="Name">Unique among the rules.</param>
/// <param name="Kind">What kind it is; never <see cref="RuleKind.AnalysisLimit"/>, which analyses and steps set.</param>
/// <param name="Metric">The metric; null for failures in a row.</param>
/// <param name="Comparator">Of a sustained rule: holds when a measurement is bad.</param>
/// <param name="Threshold">Of a sustained rule.</param>
/// <param name="For">Of a sustained rule: how long it must hold without a break.</param>
/// <param name="ConsecutiveFailures">Of failures in a row: how many, from one step into the next that has the analysis, too.</param>
/// <param name="Analysis">Of failures in a row: which analysis; null for any, each by itself.</param>
/// <param name="MoreThan">Of occurrences: the highest number that is still borne.</param>
/// <param name="Within">Of occurrences: the span of time.</param>
/// <param name="TimesBaseline">Of a rule above the baseline: the multiple that may not be exceeded.</param>
public sealed record RuleTerms(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("kind")] RuleKind Kind,
    [property: JsonPropertyName("metric"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Metric = null,
    [property: JsonPropertyName("comparator"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Comparator? Comparator = null,
    [property: JsonPropertyName("threshold"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Quantity? Threshold = null,
    [property: JsonPropertyName("for"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Quantity? For = null,
    [property: JsonPropertyName("consecutiveFailures"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ConsecutiveFailures = null,
    [property: JsonPropertyName("analysis"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Analysis = null,
    [property: JsonPropertyName("moreThan"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MoreThan = null,
    [property: JsonPropertyName("within"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Quantity? Within = null,
    [property: JsonPropertyName("timesBaseline"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? TimesBaseline = null)
{
    /// <summary>The rule in the words of its members, e.g. <c>p95_latency &gt; 600ms for 5min</c>.</summary>
    [JsonIgnore]
    public string Text => Kind switch
    {
        RuleKind.Sustained => $"{Metric} {Comparator!.Value.Symbol()} {Threshold} for {For}",
        RuleKind.FailuresInARow => $"{ConsecutiveFailures} consecutive failures of {Analysis ?? "an analysis"}",
        RuleKind.Occurrences => $"{Metric} > {MoreThan} in {Within}",
        RuleKind.AboveBaseline => FormattableString.Invariant($"{Metric} > {TimesBaseline} × baseline"),
        _ => throw new UnreachableException(),
    };

    internal static RuleTerms Of(RollbackRule rule) => rule switch
    {
        RollbackRule.Sustained sustained => new RuleTerms(rule.Name, RuleKind.Sustained, sustained.Metric, sustained.Comparator, sustained.Threshold, sustained.For),
        RollbackRule.FailuresInARow inARow => new RuleTerms(rule.Name, RuleKind.FailuresInARow, ConsecutiveFailures: inARow.ConsecutiveFailures, Analysis: inARow.Analysis),
        RollbackRule.Occurrences occurrences => new RuleTerms(rule.Name, RuleKind.Occurrences, occurrences.Metric, MoreThan: occurrences.MoreThan, Within: occurrences.Within),
        RollbackRule.AboveBaseline above => new RuleTerms(rule.Name, RuleKind.AboveBaseline, above.Metric, TimesBaseline: (double)above.TimesBaseline),
        _ => throw new UnreachableException(),
    };
}
