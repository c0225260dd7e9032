using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Directives are defined (§5.7.1), and are in valid locations (§5.7.2).</summary>
internal sealed class KnownDirectives(ValidationContext context) : RuleVisitor(context)
{
    public override void EnterDirective(DirectiveNode directive, DirectiveLocation location)
    {
        var name = directive.Name.Value;
        if (Context.FindDirective(name) is not { } signature) Context.Report($"Unknown directive \"@{name}\".", directive);
        else if (!signature.Locations.Contains(location)) Context.Report($"Directive \"@{name}\" may not be used on {location.NameOf()}.", directive);
    }
}
