using System.Collections.Immutable;
using System.Diagnostics;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Language;

// Type systems (§3).
public static partial class SyntaxPrinter
{
    private static string PrintTypeSystem(Node node) => node switch
    {
        SchemaDefinitionNode schema => PrintDefinition(schema, "schema", null, Block(schema.OperationTypes)),
        OperationTypeDefinitionNode root => $"{KeywordOf(root.Operation)}: {root.Type.Name.Value}",
        ScalarTypeDefinitionNode scalar => PrintDefinition(scalar, "scalar", scalar.Name, ""),
        ObjectTypeDefinitionNode type => PrintDefinition(type, "type", type.Name, Block(type.Fields), Implements(type.Interfaces)),
        InterfaceTypeDefinitionNode type => PrintDefinition(type, "interface", type.Name, Block(type.Fields), Implements(type.Interfaces)),
        UnionTypeDefinitionNode union => PrintDefinition(union, "union", union.Name, Wrap("= ", Join(union.Types, " | "))),
        EnumTypeDefinitionNode type => PrintDefinition(type, "enum", type.Name, Block(type.Values)),
        InputObjectTypeDefinitionNode input => PrintDefinition(input, "input", input.Name, Block(input.Fields)),
        FieldDefinitionNode field => Described(
            field.Description,
            $"{field.Name.Value}{PrintParameters(field.Arguments)}: {PrintType(field.Type)}{Wrap(" ", Join(field.Directives, " "))}"),
        InputValueDefinitionNode input => Described(
            input.Description,
            $"{input.Name.Value}: {PrintType(input.Type)}{Default(input.DefaultValue)}{Wrap(" ", Join(input.Directives, " "))}"),
        EnumValueDefinitionNode value => Described(value.Description, Words(value.Name.Value, Join(value.Directives, " "))),
        DirectiveDefinitionNode directive => Described(
            directive.Description,
            $"directive @{directive.Name.Value}{PrintParameters(directive.Arguments)}{(directive.IsRepeatable ? " repeatable" : "")} on {Join(directive.Locations, " | ")}"),
        _ => throw new UnreachableException(),
    };

    private static string PrintDefinition(TypeSystemNode node, string keyword, NameNode? name, string body, string interfaces = "") => Described(
        node.Description,
        Words(node.IsExtension ? "extend" : "", keyword, name?.Value ?? "", interfaces, Join(node.Directives, " "), body));

    private static string Implements(ImmutableArray<NamedTypeNode> interfaces) => Wrap("implements ", Join(interfaces, " & "));

    private static string PrintParameters(ImmutableArray<InputValueDefinitionNode> parameters)
    {
        var texts = parameters.Select(Print).ToList();
        return texts.Exists(IsTall) ? Wrap("(\n", Indent(string.Join('\n', texts)), "\n)") : Wrap("(", string.Join(", ", texts), ")");
    }
}
