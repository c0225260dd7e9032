using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Limits;

/// <summary>
/// The greatest of something along the ways into a selection, fragments included. What holds for a fragment is worked out once, those it
/// spreads before it, so that fragments that double cost no more than their text.
/// </summary>
internal sealed class SelectionMaximum
{
    private readonly ValidationContext _context;
    private readonly Func<FieldNode, int> _weigh;
    private readonly Dictionary<ExecutableFacts, int> _known = [];

    /// <param name="context">The document.</param>
    /// <param name="weigh">What a field adds to the ways through it.</param>
    public SelectionMaximum(ValidationContext context, Func<FieldNode, int> weigh)
    {
        (_context, _weigh) = (context, weigh);
        foreach (var facts in context.Graph.SortedBySpreads ?? []) _known[facts] = Of(facts.SelectionSet);
    }

    /// <summary>The maximum of an operation; 0 when fragments form a circle, of which there is no maximum: another rule's error.</summary>
    public int Of(ExecutableFacts facts) => _known.GetValueOrDefault(facts);

    /// <summary>The maximum of a selection set of the document.</summary>
    public int Of(SelectionSetNode set)
    {
        var most = 0;
        foreach (var selection in set.Selections)
        {
            var weight = selection switch
            {
                FieldNode field => _weigh(field) + (field.SelectionSet is { } below ? Of(below) : 0),
                InlineFragmentNode inline => Of(inline.SelectionSet),
                FragmentSpreadNode spread when _context.Graph.Find(spread.Name.Value) is { } fragment => Of(fragment),
                _ => 0,
            };
            most = Math.Max(most, weight);
        }

        return most;
    }
}
