using System.Collections.Immutable;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies.Checking;

/// <summary>
/// The values that a measurement can still have: an interval, open or closed at either end, without finitely many points, of all numbers or
/// of the whole ones only. Closed under every <see cref="Comparator"/>, so intersecting is exact.
/// </summary>
internal sealed record ValueRange(double Low, bool LowOpen, double High, bool HighOpen, bool WholeOnly, ImmutableHashSet<double> Without)
{
    internal static ValueRange Any { get; } = new(double.NegativeInfinity, true, double.PositiveInfinity, true, false, []);

    internal static ValueRange NotNegative { get; } = Any with { Low = 0, LowOpen = false };

    internal static ValueRange Counts { get; } = NotNegative with { WholeOnly = true };

    internal static ValueRange Shares { get; } = NotNegative with { High = 1, HighOpen = false };

    internal static ValueRange YesOrNo { get; } = Shares with { WholeOnly = true };

    /// <summary>What is left when <c>value comparator threshold</c> holds as well.</summary>
    internal ValueRange Where(Comparator comparator, double threshold) => comparator switch
    {
        Comparator.Less => Below(threshold, open: true),
        Comparator.LessOrEqual => Below(threshold, open: false),
        Comparator.Greater => Above(threshold, open: true),
        Comparator.GreaterOrEqual => Above(threshold, open: false),
        Comparator.Equal => Below(threshold, open: false).Above(threshold, open: false),
        Comparator.NotEqual => this with { Without = Without.Add(threshold) },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What is left when <c>value comparator threshold</c> does not hold.</summary>
    internal ValueRange WhereNot(Comparator comparator, double threshold) => Where(Opposite(comparator), threshold);

    internal bool IsEmpty
    {
        get
        {
            if (!WholeOnly || double.IsNegativeInfinity(Low)) return Low > High || (Low.Equals(High) && (LowOpen || HighOpen || Without.Contains(Low)));

            // Of n + 1 whole numbers, n excluded points leave one: no need to look further.
            var first = Math.Ceiling(Low);
            if (LowOpen && first.Equals(Low)) first++;
            for (var i = 0; i <= Without.Count; i++)
            {
                var candidate = first + i;
                if (candidate > High || (HighOpen && candidate.Equals(High))) return true;
                if (!Without.Contains(candidate)) return false;
            }

            return true;
        }
    }

    private ValueRange Below(double threshold, bool open) =>
        threshold < High || (threshold.Equals(High) && open) ? this with { High = threshold, HighOpen = open } : this;

    private ValueRange Above(double threshold, bool open) =>
        threshold > Low || (threshold.Equals(Low) && open) ? this with { Low = threshold, LowOpen = open } : this;

    private static Comparator Opposite(Comparator comparator) => comparator switch
    {
        Comparator.Less => Comparator.GreaterOrEqual,
        Comparator.LessOrEqual => Comparator.Greater,
        Comparator.Greater => Comparator.LessOrEqual,
        Comparator.GreaterOrEqual => Comparator.Less,
        Comparator.Equal => Comparator.NotEqual,
        Comparator.NotEqual => Comparator.Equal,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
