using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Required arguments (§5.4.3), of fields.</summary>
internal sealed class ProvidedRequiredArguments(ValidationContext context) : RuleVisitor(context)
{
    public override void LeaveField(FieldNode field)
    {
        if (Context.Field is not { Arguments: { Count: > 0 } arguments }) return;
        foreach (var argument in arguments)
        {
            if (!argument.IsRequired || field.Arguments.Any(each => each.Name.Value == argument.Name)) continue;
            Context.Report($"Argument \"{Context.FieldCoordinate}({argument.Name}:)\" of type \"{argument.Type}\" is required, but it was not provided.", field);
        }
    }
}
