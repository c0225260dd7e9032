using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Required arguments (§5.4.3), of directives.</summary>
internal sealed class ProvidedRequiredArgumentsOnDirectives(ValidationContext context) : RuleVisitor(context)
{
    public override void LeaveDirective(DirectiveNode directive)
    {
        if (Context.FindDirective(directive.Name.Value) is not { } signature) return;
        foreach (var argument in signature.Arguments)
        {
            if (!argument.IsRequired || directive.Arguments.Any(each => each.Name.Value == argument.Name)) continue;
            Context.Report(
                $"Argument \"@{directive.Name.Value}({argument.Name}:)\" of type \"{argument.Type}\" is required, but it was not provided.", directive);
        }
    }
}
