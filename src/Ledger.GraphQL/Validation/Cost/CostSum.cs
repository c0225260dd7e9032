namespace Ledger.GraphQL.Validation.Cost;

/// <summary>Two costs that are worked out together. Never negative, infinite or not a number, so that comparing with a limit can be relied on.</summary>
internal readonly record struct CostSum(double Fields, double Types)
{
    // Far above any limit, and far below where doubles end.
    private const double Ceiling = 1e15;

    public static CostSum operator +(CostSum one, CostSum other) => new CostSum(one.Fields + other.Fields, one.Types + other.Types).Bound();

    public static CostSum operator *(double factor, CostSum cost) => new CostSum(factor * cost.Fields, factor * cost.Types).Bound();

    public static CostSum Max(CostSum one, CostSum other) => new(Math.Max(one.Fields, other.Fields), Math.Max(one.Types, other.Types));

    // A weight may be negative, for what makes an operation cheaper; a sum below nothing is nothing.
    private CostSum Bound() => new(Math.Clamp(Fields, 0, Ceiling), Math.Clamp(Types, 0, Ceiling));
}
