namespace Ledger.GraphQL.Validation;

/// <summary>What validation may cost, what it may tell, and which documents are too much although the specification allows them.</summary>
public sealed record ValidationOptions
{
    /// <summary>The rules of the specification and the limits of a request that comes from outside.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>The rules.</summary>
    public RuleSet Rules { get; init; } = ValidationRules.All;

    /// <summary>How many errors are looked for, at least 1; the walk ends at the last of them.</summary>
    public int ErrorsMax { get; init; } = 5;

    /// <summary>Fragments that may be entered, once for each operation that reaches them.</summary>
    public int FragmentVisitsMax { get; init; } = 1_000;

    /// <summary>Uses of variables that may be looked at, once by each rule for each operation that reaches them.</summary>
    public int VariableUsagesMax { get; init; } = 100_000;

    /// <summary>Selections that may be collected and compared to see whether fields can be merged.</summary>
    public int MergeComparisonsMax { get; init; } = 100_000;

    /// <summary>Whether messages name what is near a name that is not there: only for callers who may know the schema.</summary>
    public bool Suggest { get; init; }

    /// <summary>Whether introspection is answered. <c>__typename</c> always is.</summary>
    public bool AllowIntrospection { get; init; } = true;

    /// <summary>How many of <c>fields</c>, <c>interfaces</c>, <c>possibleTypes</c> and <c>inputFields</c> may stand in one another under <c>__schema</c> or <c>__type</c>; null for no limit.</summary>
    public int? IntrospectionDepthMax { get; init; } = 2;

    /// <summary>How many fields may stand in one another, fragments counted where they are spread; null for no limit.</summary>
    public int? DepthMax { get; init; }

    /// <summary>How many fields of an operation and its fragments may have an alias, as written; null for no limit.</summary>
    public int? AliasesMax { get; init; }

    /// <summary>How many names an operation may have at the root of its response; null for no limit.</summary>
    public int? RootFieldsMax { get; init; }
}
