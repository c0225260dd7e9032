using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Fragment spread is possible (§5.5.2.3): some object may be of the fragment's type and of the type it is spread in.</summary>
internal sealed class PossibleFragmentSpreads(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitInlineFragment(InlineFragmentNode fragment)
    {
        if (Context.Type is CompositeType type) Check(fragment, "Fragment", type);
    }

    public override void VisitSpread(FragmentSpreadNode spread)
    {
        if (Context.Graph.Find(spread.Name.Value)?.Type is { } type) Check(spread, $"Fragment \"{spread.Name.Value}\"", type);
    }

    private void Check(SelectionNode node, string what, CompositeType type)
    {
        if (Context.ParentType is { } parent && !Context.Schema!.Overlaps(type, parent))
            Context.Report($"{what} cannot be spread here as objects of type \"{parent}\" can never be of type \"{type}\".", node);
    }
}
