using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Fragments on object, interface or union types (§5.5.1.3).</summary>
internal sealed class FragmentsOnCompositeTypes(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitInlineFragment(InlineFragmentNode fragment)
    {
        if (fragment.TypeCondition is { } condition && IsLeafOrInput(condition))
            Context.Report($"Fragment cannot condition on non composite type \"{condition.Name.Value}\".", condition);
    }

    public override void VisitFragment(FragmentDefinitionNode fragment)
    {
        if (IsLeafOrInput(fragment.TypeCondition))
        {
            Context.Report(
                $"Fragment \"{fragment.Name.Value}\" cannot condition on non composite type \"{fragment.TypeCondition.Name.Value}\".", fragment.TypeCondition);
        }
    }

    private bool IsLeafOrInput(NamedTypeNode condition) => Context.Schema!.FindType(condition.Name.Value) is { } type and not CompositeType;
}
