namespace Ledger.GraphQL.Types;

/// <summary>How a schema that is read from text comes to life.</summary>
public sealed record SdlOptions
{
    /// <summary>The resolver of a field, by the names of type and field; null for a field that is never resolved.</summary>
    public Func<string, string, Resolver?> Resolve { get; init; } = (_, _) => null;

    /// <summary>The name of the object type of a value of an interface or union; null when it is none.</summary>
    public Func<object, string?> TypeNameOf { get; init; } = _ => null;

    /// <summary>
    /// Whether the rules of section 3 are passed over, as for a schema without a query type that is only looked at. What cannot be
    /// understood, such as a type that is not there, is refused all the same.
    /// </summary>
    public bool AssumeValid { get; init; }
}
