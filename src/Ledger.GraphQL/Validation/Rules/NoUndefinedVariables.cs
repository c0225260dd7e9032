using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>All variable uses defined (§5.8.3), also those in fragments, by every operation that reaches them.</summary>
internal sealed class NoUndefinedVariables(ValidationContext context) : RuleVisitor(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in Context.Graph.Operations)
        {
            var node = (OperationDefinitionNode)operation.Node;
            var defined = node.VariableDefinitions.Select(variable => variable.Variable.Name.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var usage in VariableUsages.Of(operation, Context))
            {
                var name = usage.Node.Name.Value;
                if (defined.Contains(name)) continue;
                Context.Report($"Variable \"${name}\" is not defined{(node.Name is null ? "" : $" by operation \"{node.Name.Value}\"")}.", usage.Node, node);
            }
        }
    }
}
