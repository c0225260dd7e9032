using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Sdl;

/// <summary>All directives of a schema have names of their own (§3.3).</summary>
internal sealed class UniqueDirectiveNames(ValidationContext context) : RuleVisitor(context)
{
    private readonly Dictionary<string, NameNode> _names = new(StringComparer.Ordinal);

    public override void VisitTypeSystem(TypeSystemNode definition)
    {
        if (definition is DirectiveDefinitionNode { Name: var name } && !_names.TryAdd(name.Value, name))
            Context.Report($"There can be only one directive named \"@{name.Value}\".", _names[name.Value], name);
    }
}
