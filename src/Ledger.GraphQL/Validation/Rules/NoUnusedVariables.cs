using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>All variables used (§5.8.4), be it in a fragment.</summary>
internal sealed class NoUnusedVariables(ValidationContext context) : RuleVisitor(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in Context.Graph.Operations)
        {
            var node = (OperationDefinitionNode)operation.Node;
            if (node.VariableDefinitions.IsEmpty) continue;
            var used = VariableUsages.Of(operation, Context).Select(usage => usage.Node.Name.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var variable in node.VariableDefinitions)
            {
                var name = variable.Variable.Name.Value;
                if (!used.Contains(name))
                    Context.Report($"Variable \"${name}\" is never used{(node.Name is null ? "" : $" in operation \"{node.Name.Value}\"")}.", variable);
            }
        }
    }
}
