using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Limits;

/// <summary>
/// How many lists of introspection may stand in one another: <see cref="ValidationOptions.IntrospectionDepthMax"/>. Types lead to fields
/// and fields to types, so every level multiplies the answer by the size of the schema.
/// </summary>
internal sealed class MaxIntrospectionDepth(ValidationContext context) : RuleVisitor(context)
{
    private SelectionMaximum? _lists;

    public override void EnterField(FieldNode field)
    {
        if (field.Name.Value is not ("__schema" or "__type") || Context.Options.IntrospectionDepthMax is not { } limit || field.SelectionSet is not { } set) return;
        _lists ??= new SelectionMaximum(Context, static each => each.Name.Value is "fields" or "interfaces" or "possibleTypes" or "inputFields" ? 1 : 0);
        if (_lists.Of(set) > limit) Context.ReportAs(ErrorCodes.IntrospectionLimit, "Maximum introspection depth exceeded", field);
    }
}
