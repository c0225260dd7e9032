namespace Ledger.GraphQL.Language;

/// <summary>A place in a document as a response names it (§7.1.2).</summary>
/// <param name="Line">From 1; LF, CR and CR LF end a line.</param>
/// <param name="Column">From 1, in UTF-16 code units, as graphql-js counts.</param>
public readonly record struct SourceLocation(int Line, int Column)
{
    /// <summary><c>line:column</c>.</summary>
    public override string ToString() => $"{Line}:{Column}";
}
