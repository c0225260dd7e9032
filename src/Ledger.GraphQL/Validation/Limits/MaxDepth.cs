using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Limits;

/// <summary>How many fields may stand in one another: <see cref="ValidationOptions.DepthMax"/>.</summary>
internal sealed class MaxDepth(ValidationContext context) : RuleVisitor(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        if (Context.Options.DepthMax is not { } limit) return;
        var depths = new SelectionMaximum(Context, static _ => 1);
        foreach (var operation in Context.Graph.Operations)
        {
            if (depths.Of(operation) is var depth && depth > limit)
                Context.ReportAs(ErrorCodes.DepthLimit, $"Operation nests fields {depth} deep, more than {limit}.", operation.Node);
        }
    }
}
