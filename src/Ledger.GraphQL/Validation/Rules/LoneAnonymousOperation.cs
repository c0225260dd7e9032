using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Lone anonymous operation (§5.2.3.1): an operation without a name is the only one.</summary>
internal sealed class LoneAnonymousOperation(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitOperation(OperationDefinitionNode operation)
    {
        if (operation.Name is null && Context.Graph.Operations.Count > 1)
            Context.Report("This anonymous operation must be the only defined operation.", operation);
    }
}
