using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Variables are input types (§5.8.2).</summary>
internal sealed class VariablesAreInputTypes(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitVariable(VariableDefinitionNode variable)
    {
        if (Context.Schema!.TypeOf(variable.Type) is { IsInput: false })
            Context.Report($"Variable \"${variable.Variable.Name.Value}\" cannot be non-input type \"{variable.Type}\".", variable.Type);
    }
}
