using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Variable uniqueness (§5.8.1).</summary>
internal sealed class UniqueVariableNames(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitOperation(OperationDefinitionNode operation)
    {
        foreach (var nodes in Duplicates.Find(operation.VariableDefinitions, static variable => variable.Variable.Name))
            Context.Report($"There can be only one variable named \"${((NameNode)nodes[0]).Value}\".", nodes);
    }
}
