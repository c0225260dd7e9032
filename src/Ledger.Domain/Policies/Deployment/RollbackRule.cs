using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>A reason to take a release back, computed from stored measurements. The name goes into the event that it triggers.</summary>
[JsonConverter(typeof(RollbackRuleJsonConverter))]
public abstract record RollbackRule
{
    private RollbackRule(string name, string title) => (Name, Title) = (name, title);

    /// <summary>Unique among the rules; same alphabet as a gate's name.</summary>
    public string Name { get; }

    /// <summary>What a person calls it.</summary>
    public string Title { get; }

    /// <summary>The rule's kind as it is written: a storage format, never renamed.</summary>
    public string Kind => WireKind;

    internal abstract string WireKind { get; }

    /// <summary>Every measurement over a span of time is beyond a threshold, e.g. <c>p95 &gt; 150ms</c> for 5 minutes.</summary>
    /// <param name="Name">Unique among the rules.</param>
    /// <param name="Title">What a person calls it.</param>
    /// <param name="Metric">The metric's name, as the measurements carry it.</param>
    /// <param name="Comparator">Holds when the measurement is bad.</param>
    /// <param name="Threshold">With its unit.</param>
    /// <param name="For">How long it must hold without a break.</param>
    public sealed record Sustained(
        string Name,
        string Title,
        string Metric,
        Comparator Comparator,
        Quantity Threshold,
        Quantity For) : RollbackRule(Name, Title)
    {
        internal override string WireKind => SustainedKind;
    }

    /// <summary>Analysis measurements fail one after the other.</summary>
    /// <param name="Name">Unique among the rules.</param>
    /// <param name="Title">What a person calls it.</param>
    /// <param name="ConsecutiveFailures">How many in a row, at least 1.</param>
    /// <param name="Analysis">The analysis whose measurements are counted; null for any, each counted by itself.</param>
    public sealed record FailuresInARow(
        string Name,
        string Title,
        int ConsecutiveFailures,
        string? Analysis = null) : RollbackRule(Name, Title)
    {
        internal override string WireKind => FailuresInARowKind;
    }

    /// <summary>Too many occurrences within a sliding span of time, e.g. more than 5 connection failures in 5 minutes.</summary>
    /// <param name="Name">Unique among the rules.</param>
    /// <param name="Title">What a person calls it.</param>
    /// <param name="Metric">The metric that counts the occurrences.</param>
    /// <param name="MoreThan">The highest count that is still borne, at least 0.</param>
    /// <param name="Within">The span of time.</param>
    public sealed record Occurrences(
        string Name,
        string Title,
        string Metric,
        int MoreThan,
        Quantity Within) : RollbackRule(Name, Title)
    {
        internal override string WireKind => OccurrencesKind;
    }

    /// <summary>A measurement exceeds a multiple of what it was before the release.</summary>
    /// <param name="Name">Unique among the rules.</param>
    /// <param name="Title">What a person calls it.</param>
    /// <param name="Metric">The metric's name, as the measurements carry it.</param>
    /// <param name="TimesBaseline">The multiple that may not be exceeded; greater than 0.</param>
    public sealed record AboveBaseline(
        string Name,
        string Title,
        string Metric,
        decimal TimesBaseline) : RollbackRule(Name, Title)
    {
        internal override string WireKind => AboveBaselineKind;
    }

    internal const string SustainedKind = "sustained";
    internal const string FailuresInARowKind = "failures-in-a-row";
    internal const string OccurrencesKind = "occurrences";
    internal const string AboveBaselineKind = "above-baseline";
}
