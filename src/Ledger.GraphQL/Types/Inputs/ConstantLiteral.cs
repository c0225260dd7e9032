using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>Constants that the host writes as GraphQL in its C#.</summary>
internal static class ConstantLiteral
{
    /// <exception cref="ArgumentException">It is not a constant of GraphQL.</exception>
    public static ValueNode Parse(string text) =>
        GraphQLParser.ParseValue(text).IsAccepted(out var value, out var error) ? value : throw new ArgumentException(error.Message, nameof(text));
}
