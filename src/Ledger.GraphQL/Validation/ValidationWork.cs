namespace Ledger.GraphQL.Validation;

/// <summary>What validating a document cost, in steps: for telemetry, and for tests that must not depend on a clock. Not thread-safe.</summary>
public sealed class ValidationWork
{
    /// <summary>Selections, arguments, directives, values and definitions that the walk came by. Each is visited once.</summary>
    public int NodesVisited { get; internal set; }

    /// <summary>Fragments entered on the way from an operation, once for each operation that reaches them.</summary>
    public int FragmentVisits { get; internal set; }

    /// <summary>Uses of variables in fragments looked at, once by each rule for each operation that reaches them.</summary>
    public int VariableUsages { get; internal set; }

    /// <summary>Selections collected and compared to see whether fields can be merged.</summary>
    public int MergeComparisons { get; internal set; }
}
