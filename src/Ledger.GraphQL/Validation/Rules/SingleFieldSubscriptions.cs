using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>
/// Single root field (§5.2.4.1): a subscription has one root field, not of introspection, and neither <c>@skip</c> nor <c>@include</c> may
/// take it away. Each fragment is entered once.
/// </summary>
internal sealed class SingleFieldSubscriptions(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitOperation(OperationDefinitionNode operation)
    {
        if (operation.Operation != OperationType.Subscription || Context.Schema!.SubscriptionType is not { } root) return;
        var subject = operation.Name is null ? "Anonymous Subscription" : $"Subscription \"{operation.Name.Value}\"";
        var (fields, conditions) = Collect(operation.SelectionSet, root);
        if (conditions.Count > 0)
        {
            Context.Report($"{subject} must not use `@skip` or `@include` directives in the top level selection.", [.. conditions]);
            return;
        }

        if (fields.Count == 0) Context.Report($"{subject} must select one top level field.", operation.SelectionSet);
        if (fields.Count > 1) Context.Report($"{subject} must select only one top level field.", [.. fields.Skip(1).SelectMany(group => group)]);
        foreach (var group in fields.Where(group => ((FieldNode)group[0]).Name.Value.StartsWith("__", StringComparison.Ordinal)))
            Context.Report($"{subject} must not select an introspection top level field.", [.. group]);
    }

    // The fields by response name, in the order of the text, and the directives that must not be there.
    private (List<List<Node>> Fields, List<Node> Conditions) Collect(SelectionSetNode set, ObjectType root)
    {
        var (fields, conditions) = (new List<List<Node>>(), new List<Node>());
        var byName = new Dictionary<string, List<Node>>(StringComparer.Ordinal);
        var mark = Context.Graph.NextMark();
        var open = new Stack<(SelectionSetNode Set, int Next)>([(set, 0)]);
        while (open.TryPop(out var step))
        {
            if (step.Next == step.Set.Selections.Length) continue;
            open.Push((step.Set, step.Next + 1));
            var selection = step.Set.Selections[step.Next];
            if (FindCondition(selection) is { } condition)
            {
                conditions.Add(condition);
                continue;
            }

            switch (selection)
            {
                case FieldNode field:
                    if (!byName.TryGetValue(field.ResponseName, out var group))
                    {
                        byName.Add(field.ResponseName, group = []);
                        fields.Add(group);
                    }

                    group.Add(field);
                    break;
                case InlineFragmentNode inline when inline.TypeCondition is null || Applies(Context.Schema!.FindType(inline.TypeCondition.Name.Value), root):
                    open.Push((inline.SelectionSet, 0));
                    break;
                case FragmentSpreadNode spread when Context.Graph.Find(spread.Name.Value) is { } fragment && fragment.Mark != mark && Applies(fragment.Type, root):
                    fragment.Mark = mark;
                    open.Push((fragment.SelectionSet, 0));
                    break;
            }
        }

        return (fields, conditions);
    }

    private static DirectiveNode? FindCondition(SelectionNode selection) => selection.Directives.IsEmpty ? null
        : selection.Directives.FirstOrDefault(directive => directive.Name.Value == SpecifiedDirectives.Skip.Name)
        ?? selection.Directives.FirstOrDefault(directive => directive.Name.Value == SpecifiedDirectives.Include.Name);

    private bool Applies(NamedType? condition, ObjectType root) =>
        condition == root || (condition is CompositeType type and not ObjectType && Context.Schema!.IsSubType(type, root));
}
