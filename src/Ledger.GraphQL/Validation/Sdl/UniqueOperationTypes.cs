using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Sdl;

/// <summary>A schema and its extensions name one root type for each kind of operation (§3.3.1).</summary>
internal sealed class UniqueOperationTypes(ValidationContext context) : RuleVisitor(context)
{
    private readonly Dictionary<OperationType, OperationTypeDefinitionNode> _roots = [];

    public override void VisitTypeSystem(TypeSystemNode definition)
    {
        if (definition is not SchemaDefinitionNode schema) return;
        foreach (var root in schema.OperationTypes)
        {
            if (!_roots.TryAdd(root.Operation, root))
                Context.Report($"There can be only one {SyntaxPrinter.KeywordOf(root.Operation)} type in schema.", _roots[root.Operation], root);
        }
    }
}
