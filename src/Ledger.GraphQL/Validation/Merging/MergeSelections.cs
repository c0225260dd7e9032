using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Merging;

/// <summary>The fields of one selection set by response name, inline fragments unfolded, and the fragments spread in it, each once.</summary>
internal sealed class MergeSelections
{
    private readonly Dictionary<string, List<MergeField>> _byName = new(StringComparer.Ordinal);

    public MergeSelections(SelectionSetNode set, CompositeType? type, ValidationContext context) => Add(set, type, context);

    /// <summary>In the order of the first field of each response name.</summary>
    public List<List<MergeField>> Groups { get; } = [];

    public List<ExecutableFacts> Fragments { get; } = [];

    /// <summary>The fields of a response name; null when there are none.</summary>
    public List<MergeField>? Find(string responseName) => _byName.GetValueOrDefault(responseName);

    private void Add(SelectionSetNode set, CompositeType? type, ValidationContext context)
    {
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    if (!_byName.TryGetValue(field.ResponseName, out var group))
                    {
                        _byName.Add(field.ResponseName, group = []);
                        Groups.Add(group);
                    }

                    group.Add(MergeField.Of(field, type, context.Schema!));
                    break;
                case InlineFragmentNode inline:
                    Add(inline.SelectionSet, inline.TypeCondition is { } condition ? context.Schema!.FindType(condition.Name.Value) as CompositeType : type, context);
                    break;
                case FragmentSpreadNode spread when context.Graph.Find(spread.Name.Value) is { } fragment && !Fragments.Contains(fragment):
                    Fragments.Add(fragment);
                    break;
            }
        }
    }
}
