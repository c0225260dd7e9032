using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Limits;

/// <summary>How many fields of an operation and its fragments may have an alias: <see cref="ValidationOptions.AliasesMax"/>.</summary>
internal sealed class MaxAliases(ValidationContext context) : RuleVisitor(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        if (Context.Options.AliasesMax is not { } limit) return;
        var counts = Context.Graph.Operations.Concat(Context.Graph.Fragments).ToDictionary(facts => facts, facts => Count(facts.SelectionSet));
        foreach (var operation in Context.Graph.Operations)
        {
            var count = counts[operation] + Context.Graph.ReachableFrom(operation).Sum(fragment => counts[fragment]);
            if (count > limit) Context.ReportAs(ErrorCodes.AliasLimit, $"Operation has {count} aliases, more than {limit}.", operation.Node);
        }
    }

    private static int Count(SelectionSetNode set) => set.Selections.Sum(selection => selection switch
    {
        FieldNode field => (field.Alias is null ? 0 : 1) + (field.SelectionSet is { } below ? Count(below) : 0),
        InlineFragmentNode inline => Count(inline.SelectionSet),
        _ => 0,
    });
}
