using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Limits;

/// <summary>
/// How many names an operation may have at the root of its response: <see cref="ValidationOptions.RootFieldsMax"/>. Each is resolved on
/// its own, so this is what aliases of one root field multiply.
/// </summary>
internal sealed class MaxRootFields(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitOperation(OperationDefinitionNode operation)
    {
        if (Context.Options.RootFieldsMax is not { } limit) return;
        var count = CountNames(operation.SelectionSet);
        if (count > limit) Context.ReportAs(ErrorCodes.RootFieldLimit, $"Operation has {count} root fields, more than {limit}.", operation);
    }

    private int CountNames(SelectionSetNode root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var mark = Context.Graph.NextMark();
        var pending = new Stack<SelectionSetNode>([root]);
        while (pending.TryPop(out var set))
        {
            foreach (var selection in set.Selections)
            {
                switch (selection)
                {
                    case FieldNode field:
                        names.Add(field.ResponseName);
                        break;
                    case InlineFragmentNode inline:
                        pending.Push(inline.SelectionSet);
                        break;
                    case FragmentSpreadNode spread when Context.Graph.Find(spread.Name.Value) is { } fragment && fragment.Mark != mark:
                        fragment.Mark = mark;
                        pending.Push(fragment.SelectionSet);
                        break;
                }
            }
        }

        return names.Count;
    }
}
