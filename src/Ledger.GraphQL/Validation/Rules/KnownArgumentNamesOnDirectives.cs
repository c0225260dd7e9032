using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Argument names (§5.4.1), of directives.</summary>
internal sealed class KnownArgumentNamesOnDirectives(ValidationContext context) : RuleVisitor(context)
{
    public override void EnterDirective(DirectiveNode directive, DirectiveLocation location)
    {
        if (directive.Arguments.IsEmpty || Context.FindDirective(directive.Name.Value) is not { } signature) return;
        foreach (var argument in directive.Arguments)
        {
            var name = argument.Name.Value;
            if (signature.Arguments.Any(each => each.Name == name) || Context.IsStopped) continue;
            var suggestion = Context.Suggest(name, signature.Arguments.Select(each => each.Name));
            Context.Report($"Unknown argument \"{name}\" on directive \"@{directive.Name.Value}\".{suggestion}", argument);
        }
    }
}
