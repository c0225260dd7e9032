using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation;

/// <summary>What rules ask of an operation or a fragment again and again.</summary>
/// <param name="node">The definition.</param>
/// <param name="name">Its name; null for an anonymous operation.</param>
/// <param name="set">What it selects.</param>
/// <param name="type">The root type or the type condition; null when the schema has none that selections can be made on.</param>
internal sealed class ExecutableFacts(DefinitionNode node, NameNode? name, SelectionSetNode set, CompositeType? type)
{
    private List<FragmentSpreadNode>? _spreads;

    public DefinitionNode Node { get; } = node;

    public NameNode? Name { get; } = name;

    public SelectionSetNode SelectionSet { get; } = set;

    public CompositeType? Type { get; } = type;

    /// <summary>The variables it uses itself, in the order of the text; complete after the walk.</summary>
    public List<VariableUsage> Usages { get; } = [];

    /// <summary>The spreads in it at any depth: those of a set, then those of the sets in it, the last set first.</summary>
    public IReadOnlyList<FragmentSpreadNode> Spreads => _spreads ??= FindSpreads();

    /// <summary>Left by the last search that came by, so that a search need not keep a set of its own.</summary>
    public int Mark { get; set; }

    private List<FragmentSpreadNode> FindSpreads()
    {
        var spreads = new List<FragmentSpreadNode>();
        var pending = new Stack<SelectionSetNode>([SelectionSet]);
        while (pending.TryPop(out var set))
        {
            foreach (var selection in set.Selections)
            {
                if (selection is FragmentSpreadNode spread) spreads.Add(spread);
                else if (selection is InlineFragmentNode inline) pending.Push(inline.SelectionSet);
                else if (selection is FieldNode { SelectionSet: { } fields }) pending.Push(fields);
            }
        }

        return spreads;
    }
}
