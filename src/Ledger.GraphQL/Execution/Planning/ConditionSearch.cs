using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Execution;

/// <summary>
/// Finds the variables that decide what an operation includes. Fragments are entered once each, from a queue: a chain of them may be as
/// long as the document.
/// </summary>
internal sealed class ConditionSearch
{
    private readonly Dictionary<string, FragmentDefinitionNode> _fragments;
    private readonly HashSet<string> _entered = new(StringComparer.Ordinal);
    private readonly Queue<SelectionSetNode> _pending = new();
    private readonly List<string> _variables = [];

    private ConditionSearch(Dictionary<string, FragmentDefinitionNode> fragments) => _fragments = fragments;

    /// <summary>Their names, each once.</summary>
    public static ImmutableArray<string> VariablesOf(OperationDefinitionNode operation, Dictionary<string, FragmentDefinitionNode> fragments)
    {
        var search = new ConditionSearch(fragments);
        search._pending.Enqueue(operation.SelectionSet);
        while (search._pending.TryDequeue(out var set)) search.Look(set);
        return [.. search._variables];
    }

    private void Look(SelectionSetNode set)
    {
        foreach (var selection in set.Selections)
        {
            foreach (var directive in selection.Directives)
            {
                if (Inclusion.ConditionOf(directive) is VariableNode { Name.Value: var name } && !_variables.Contains(name)) _variables.Add(name);
            }

            if (selection is FieldNode { SelectionSet: { } below }) Look(below);
            else if (selection is InlineFragmentNode inline) Look(inline.SelectionSet);
            else if (selection is FragmentSpreadNode { Name.Value: var spread } && _entered.Add(spread) && _fragments.TryGetValue(spread, out var fragment))
                _pending.Enqueue(fragment.SelectionSet);
        }
    }
}
