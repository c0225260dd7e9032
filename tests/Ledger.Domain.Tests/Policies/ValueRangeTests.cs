using Ledger.Domain.Measurements;
using Ledger.Domain.Policies.Checking;

namespace Ledger.Domain.Tests.Policies;

public sealed class ValueRangeTests
{
    // Thresholds are whole numbers from -2 to 4: if anything satisfies a set of them, one of these values does.
    private static readonly double[] Candidates = [.. Enumerable.Range(-16, 45).Select(i => i / 4.0)];

    [Theory]
    [InlineData("any")]
    [InlineData("not negative")]
    [InlineData("counts")]
    [InlineData("shares")]
    [InlineData("yes or no")]
    public void It_is_empty_exactly_when_no_value_is_left(string nature)
    {
        var (range, belongs) = Nature(nature);
        var random = new Random(11);
        for (var round = 0; round < 4_000; round++)
        {
            var demands = Enumerable.Range(0, random.Next(1, 5)).Select(_ => (Comparator: (Comparator)random.Next(6), Threshold: (double)random.Next(-2, 5), Negated: random.Next(3) == 0)).ToList();
            var left = demands.Aggregate(range, (sofar, demand) =>
                demand.Negated ? sofar.WhereNot(demand.Comparator, demand.Threshold) : sofar.Where(demand.Comparator, demand.Threshold));
            var expected = Candidates.Any(value => belongs(value) && demands.All(demand => demand.Comparator.Holds(value, demand.Threshold) != demand.Negated));
            left.IsEmpty.ShouldBe(!expected, string.Join("; ", demands));
        }
    }

    private static (ValueRange Range, Func<double, bool> Belongs) Nature(string nature) => nature switch
    {
        "any" => (ValueRange.Any, _ => true),
        "not negative" => (ValueRange.NotNegative, value => value >= 0),
        "counts" => (ValueRange.Counts, value => value >= 0 && double.IsInteger(value)),
        "shares" => (ValueRange.Shares, value => value is >= 0 and <= 1),
        _ => (ValueRange.YesOrNo, value => value is 0 or 1),
    };
}
