using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Fragment spread target defined (§5.5.2.1).</summary>
internal sealed class KnownFragmentNames(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitSpread(FragmentSpreadNode spread)
    {
        if (Context.Graph.Find(spread.Name.Value) is null) Context.Report($"Unknown fragment \"{spread.Name.Value}\".", spread.Name);
    }
}
