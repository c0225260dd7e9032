using System.Diagnostics.CodeAnalysis;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Language;

/// <summary>What came of reading a text: a node or the one error that ended it.</summary>
/// <typeparam name="T">What was read.</typeparam>
public sealed class ParseResult<T>
    where T : Node
{
    internal ParseResult(T? node, GraphQLError? error) => (Node, Error) = (node, error);

    /// <summary>What was read; null when the text is refused.</summary>
    public T? Node { get; }

    /// <summary>Why the text is refused; null when it is not. Reading ends at the first error.</summary>
    public GraphQLError? Error { get; }

    /// <summary>Whether the text is accepted.</summary>
    /// <param name="node">What was read.</param>
    /// <param name="error">Why the text is refused.</param>
    public bool IsAccepted([NotNullWhen(true)] out T? node, [NotNullWhen(false)] out GraphQLError? error)
    {
        (node, error) = (Node, Error);
        return Node is not null;
    }
}
