using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Execution;

/// <summary><c>GetOperation</c> (§6.1).</summary>
internal static class OperationSelection
{
    /// <summary>The operation of a name, or the only one; null when there is none, and <paramref name="error"/> says why.</summary>
    public static OperationDefinitionNode? Find(DocumentNode document, string? name, out GraphQLError? error)
    {
        var operations = document.Definitions.OfType<OperationDefinitionNode>().Where(operation => name is null || operation.Name?.Value == name).ToList();
        error = operations.Count switch
        {
            1 => null,
            0 when name is not null => Unknown($"Unknown operation named \"{name}\"."),
            0 => Unknown("Must provide an operation."),
            _ => Unknown("Must provide operation name if query contains multiple operations."),
        };
        return error is null ? operations[0] : null;
    }

    private static GraphQLError Unknown(string message) => new(message, ErrorCodes.OperationUnknown, []);
}
