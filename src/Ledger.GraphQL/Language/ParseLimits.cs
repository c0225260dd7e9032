namespace Ledger.GraphQL.Language;

/// <summary>
/// What a document may cost before it is understood. Everything is counted while reading, so a document over a limit is refused
/// without its rest being looked at.
/// </summary>
public sealed record ParseLimits
{
    /// <summary>The limits of a request.</summary>
    public static ParseLimits Request { get; } = new();

    /// <summary>The limits of a schema: text of our own, so wide, but never without an end. The depth stays: it guards the stack.</summary>
    public static ParseLimits Schema { get; } = new()
    {
        BytesMax = 16 << 20,
        TokensMax = 4_000_000,
        DefinitionsMax = 100_000,
        VariablesMax = 10_000,
        FieldsMax = 100_000,
        DirectivesPerLocationMax = 100,
    };

    /// <summary>Bytes of UTF-8.</summary>
    public int BytesMax { get; init; } = 256 << 10;

    /// <summary>
    /// Tokens, what the grammar ignores included: a comma, a comment and a run of white space are one each, so that a document of nothing
    /// else ends too.
    /// </summary>
    public int TokensMax { get; init; } = 40_000;

    /// <summary>
    /// How deep selection sets, list types, list values and object values may stand in one another, together. Every function that walks
    /// a document may recurse because of this limit: a stack that overflows cannot be caught.
    /// </summary>
    public int DepthMax { get; init; } = 200;

    /// <summary>Operations, fragments and type system definitions.</summary>
    public int DefinitionsMax { get; init; } = 500;

    /// <summary>Variables of one operation.</summary>
    public int VariablesMax { get; init; } = 200;

    /// <summary>Fields selected, in the whole document as written.</summary>
    public int FieldsMax { get; init; } = 2_048;

    /// <summary>Directives on one field, fragment, operation or definition.</summary>
    public int DirectivesPerLocationMax { get; init; } = 4;
}
