using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Fragment name uniqueness (§5.5.1.1).</summary>
internal sealed class UniqueFragmentNames(ValidationContext context) : RuleVisitor(context)
{
    private readonly Dictionary<string, NameNode> _names = new(StringComparer.Ordinal);

    public override void VisitFragment(FragmentDefinitionNode fragment)
    {
        if (!_names.TryAdd(fragment.Name.Value, fragment.Name))
            Context.Report($"There can be only one fragment named \"{fragment.Name.Value}\".", _names[fragment.Name.Value], fragment.Name);
    }
}
