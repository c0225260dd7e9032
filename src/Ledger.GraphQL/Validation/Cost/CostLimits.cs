namespace Ledger.GraphQL.Validation.Cost;

/// <summary>What an operation may cost. Costs have no unit: 1 is a field that gives an object, or an object that is given.</summary>
public sealed record CostLimits
{
    /// <summary>The limits of a request that comes from outside.</summary>
    public static CostLimits Default { get; } = new();

    /// <summary>The most that resolving its fields may cost.</summary>
    public double FieldCostMax { get; init; } = 1_000;

    /// <summary>The most that the values of its answer may cost.</summary>
    public double TypeCostMax { get; init; } = 1_000;

    /// <summary>How long a list is taken to be when neither an argument nor its field says.</summary>
    public int ListSizeDefault { get; init; } = 1;

    /// <summary>Selections that may be looked at to work the cost out; a fragment is looked at once for each size it is given.</summary>
    public int StepsMax { get; init; } = 100_000;
}
