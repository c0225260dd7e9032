using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Limits;

/// <summary>No introspection (§4.2), unless <see cref="ValidationOptions.AllowIntrospection"/>.</summary>
internal sealed class NoIntrospection(ValidationContext context) : RuleVisitor(context)
{
    public override void EnterField(FieldNode field)
    {
        if (Context.Options.AllowIntrospection || Context.Type is not { Named: { } type } || !Introspection.Includes(type)) return;
        Context.ReportAs(
            ErrorCodes.IntrospectionDisabled,
            $"GraphQL introspection has been disabled, but the requested query contained the field \"{field.Name.Value}\".",
            field);
    }
}
