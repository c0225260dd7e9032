using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Sdl;

/// <summary>An enum and its extensions have values of different names (§3.9).</summary>
internal sealed class UniqueEnumValueNames(ValidationContext context) : RuleVisitor(context)
{
    private readonly Dictionary<(string Type, string Value), NameNode> _names = [];

    public override void VisitTypeSystem(TypeSystemNode definition)
    {
        if (definition is not EnumTypeDefinitionNode choices) return;
        foreach (var value in choices.Values)
        {
            var key = (choices.Name.Value, value.Name.Value);
            if (!_names.TryAdd(key, value.Name))
                Context.Report($"Enum value \"{choices.Name.Value}.{value.Name.Value}\" can only be defined once.", _names[key], value.Name);
        }
    }
}
