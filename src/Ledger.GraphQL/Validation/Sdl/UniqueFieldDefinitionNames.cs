using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Sdl;

/// <summary>A type and its extensions have fields of different names (§3.6, §3.7, §3.10).</summary>
internal sealed class UniqueFieldDefinitionNames(ValidationContext context) : RuleVisitor(context)
{
    private readonly Dictionary<(string Type, string Field), NameNode> _names = [];

    public override void VisitTypeSystem(TypeSystemNode definition)
    {
        var fields = definition switch
        {
            ObjectTypeDefinitionNode type => type.Fields.Select(field => field.Name),
            InterfaceTypeDefinitionNode type => type.Fields.Select(field => field.Name),
            InputObjectTypeDefinitionNode input => input.Fields.Select(field => field.Name),
            _ => [],
        };
        foreach (var name in fields)
        {
            var type = ((TypeDefinitionNode)definition).Name.Value;
            if (!_names.TryAdd((type, name.Value), name))
                Context.Report($"Field \"{type}.{name.Value}\" can only be defined once.", _names[(type, name.Value)], name);
        }
    }
}
