using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Sdl;

/// <summary>What is extended is defined, and of the same kind (§3.4.3 and the "Type Validation" of each kind's extension).</summary>
internal sealed class PossibleTypeExtensions(ValidationContext context) : RuleVisitor(context)
{
    private readonly Dictionary<string, TypeDefinitionNode> _defined = new(StringComparer.Ordinal);

    public override void VisitTypeSystem(TypeSystemNode definition)
    {
        if (definition is not TypeDefinitionNode { IsExtension: true } extension) return;
        if (_defined.Count == 0) FindDefined();
        var name = extension.Name.Value;
        if (!_defined.TryGetValue(name, out var defined))
            Context.Report($"Cannot extend type \"{name}\" because it is not defined.{Context.Suggest(name, _defined.Keys)}", extension.Name);
        else if (defined.GetType() != extension.GetType())
            Context.Report($"Cannot extend non-{KindOf(extension)} type \"{name}\".", defined, extension);
    }

    private void FindDefined()
    {
        foreach (var node in Context.Document.Definitions.OfType<TypeDefinitionNode>().Where(node => !node.IsExtension)) _defined[node.Name.Value] = node;
    }

    private static string KindOf(TypeDefinitionNode node) => node switch
    {
        ScalarTypeDefinitionNode => "scalar",
        ObjectTypeDefinitionNode => "object",
        InterfaceTypeDefinitionNode => "interface",
        UnionTypeDefinitionNode => "union",
        EnumTypeDefinitionNode => "enum",
        _ => "input object",
    };
}
