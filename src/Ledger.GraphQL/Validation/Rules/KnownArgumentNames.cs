using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Argument names (§5.4.1), of fields.</summary>
internal sealed class KnownArgumentNames(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitArgument(ArgumentNode argument)
    {
        if (Context.Field is not { } field || Context.Argument is not null) return;
        var name = argument.Name.Value;
        var suggestion = Context.Suggest(name, field.Arguments.Select(each => each.Name));
        Context.Report($"Unknown argument \"{name}\" on field \"{Context.FieldCoordinate}\".{suggestion}", argument);
    }
}
