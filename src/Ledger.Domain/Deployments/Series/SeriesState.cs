using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Ledger.Domain.Deployments;

/// <summary>
/// The measurements of one metric during a deployment. The newest stay as they are, so that late ones can be put in their place and
/// repeated ones be known again; the others are settled into a summary.
/// </summary>
/// <param name="Settled">What the settled ones come to.</param>
/// <param name="Recent">The newest, in the order of time and source; at most <see cref="RecentAtMost"/>.</param>
/// <param name="SettledTo">The newest of the settled; null where there is none. What is not after it has no place any more.</param>
public sealed record SeriesState(
    [property: JsonPropertyName("settled")] SeriesSummary Settled,
    [property: JsonPropertyName("recent")] ImmutableArray<Point> Recent,
    [property: JsonPropertyName("settledTo"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Point? SettledTo = null)
{
    /// <summary>The most measurements that are kept as they are: within them, the order of arrival does not matter.</summary>
    public const int RecentAtMost = 16;

    /// <summary>Of no measurement.</summary>
    public static SeriesState Empty { get; } = new(SeriesSummary.Empty, []);

    /// <summary>The time of the newest measurement that counts; null where there is none.</summary>
    [JsonIgnore]
    public DateTimeOffset? Newest => Recent.IsEmpty ? SettledTo?.At : Recent[^1].At;

    /// <summary>Whether the measurement is among the newest.</summary>
    public bool Holds(DateTimeOffset at, string source) => Place(at, source) is >= 0;

    /// <summary>Whether a measurement of that time and source is before what can still be put in order.</summary>
    public bool IsSettled(DateTimeOffset at, string source) => SettledTo?.CompareTo(at, source) >= 0;

    /// <summary>With a measurement put in its place; not yet settled.</summary>
    internal SeriesState Insert(Point point)
    {
        var place = Place(point.At, point.Source);
        return place < 0 ? this with { Recent = Recent.Insert(~place, point) } : throw new InvalidOperationException("the measurement is there already");
    }

    /// <summary>With no more than <see cref="RecentAtMost"/> recent ones.</summary>
    internal SeriesState Settle(MetricTerms terms)
    {
        var excess = Recent.Length - RecentAtMost;
        if (excess <= 0) return this;
        var settled = Settled;
        for (var i = 0; i < excess; i++) settled = settled.With(Recent[i], terms);
        return new SeriesState(settled, Recent.RemoveRange(0, excess), Recent[excess - 1]);
    }

    /// <summary>What all of them come to.</summary>
    internal SeriesSummary Summary(MetricTerms terms) => Recent.Aggregate(Settled, (summary, point) => summary.With(point, terms));

    /// <summary>With new tallies, for a step that began at <paramref name="from"/>, with the event <paramref name="version"/>.</summary>
    internal SeriesState BeginStep(DateTimeOffset from, long version, IEnumerable<string> analyses)
    {
        var isPartial = SettledTo?.At > from;
        return this with
        {
            Settled = Settled with
            {
                Tallies = analyses.ToImmutableSortedDictionary(name => name, name => Tally.Begin(from, version, isPartial, Settled.Tallies.GetValueOrDefault(name)), StringComparer.Ordinal),
            },
        };
    }

    // As in a binary search: the index, or the complement of where it would stand.
    private int Place(DateTimeOffset at, string source)
    {
        var (low, high) = (0, Recent.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Recent[middle].CompareTo(at, source);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
