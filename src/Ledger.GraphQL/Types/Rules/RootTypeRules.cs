using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>Root types (§3.3.1): there is one for queries, and they are different. That they are object types, C# sees to.</summary>
internal static class RootTypeRules
{
    public static void Check(SchemaRules rules)
    {
        var schema = rules.Schema;
        if (schema.QueryType is null) rules.Report("Query root type must be provided.", schema.Definition.Syntax.FirstOrDefault());
        var roots = new[] { OperationType.Query, OperationType.Mutation, OperationType.Subscription }
            .Where(operation => schema.RootType(operation) is not null)
            .GroupBy(operation => schema.RootType(operation)!);
        foreach (var shared in roots.Where(group => group.Count() > 1))
        {
            var operations = shared.Select(SyntaxPrinter.KeywordOf).ToList();
            var list = operations.Count == 2 ? string.Join(" and ", operations) : $"{string.Join(", ", operations[..^1])}, and {operations[^1]}";
            Node?[] nodes = [.. shared.Select(operation => RootNode(schema, operation))];
            rules.Report($"All root types must be different, \"{shared.Key}\" type is used as {list} root types.", nodes);
        }
    }

    private static NamedTypeNode? RootNode(Schema schema, OperationType operation) => schema.Definition.Syntax
        .SelectMany(node => node.OperationTypes).FirstOrDefault(node => node.Operation == operation)?.Type;
}
