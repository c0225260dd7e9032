using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Tests.Language;

/// <summary>Trees as graphql-js's look in JSON: its names, and nothing for what is absent or empty.</summary>
internal static class TreeJson
{
    public static JsonObject Of(DocumentNode document) => Of(document, document);

    private static JsonObject Of(Node node, DocumentNode document)
    {
        var json = new JsonObject { ["kind"] = node.Kind.ToString() };
        foreach (var (name, value) in Parts(node))
        {
            if (Of(value, document) is { } part) json[name] = part;
        }

        json["at"] = document.LocationOf(node).ToString();
        return json;
    }

    private static JsonNode? Of(object? value, DocumentNode document) => value switch
    {
        null => null,
        Node node => Of(node, document),
        IEnumerable<Node> nodes => nodes.Any() ? new JsonArray([.. nodes.Select(node => Of(node, document))]) : null,
        bool boolean => boolean,
        _ => value.ToString(),
    };

    private static (string, object?)[] Parts(Node node) => node switch
    {
        NameNode n => [("value", n.Value)],
        DocumentNode n => [("definitions", List(n.Definitions))],
        OperationDefinitionNode n =>
        [
            ("operation", SyntaxPrinter.KeywordOf(n.Operation)), ("description", n.Description), ("name", n.Name),
            ("variableDefinitions", List(n.VariableDefinitions)), ("directives", List(n.Directives)), ("selectionSet", n.SelectionSet),
        ],
        VariableDefinitionNode n =>
            [("description", n.Description), ("variable", n.Variable), ("type", n.Type), ("defaultValue", n.DefaultValue), ("directives", List(n.Directives))],
        SelectionSetNode n => [("selections", List(n.Selections))],
        FieldNode n => [("alias", n.Alias), ("name", n.Name), ("arguments", List(n.Arguments)), ("directives", List(n.Directives)), ("selectionSet", n.SelectionSet)],
        ArgumentNode n => [("name", n.Name), ("value", n.Value)],
        FragmentSpreadNode n => [("name", n.Name), ("directives", List(n.Directives))],
        InlineFragmentNode n => [("typeCondition", n.TypeCondition), ("directives", List(n.Directives)), ("selectionSet", n.SelectionSet)],
        FragmentDefinitionNode n =>
            [("description", n.Description), ("name", n.Name), ("typeCondition", n.TypeCondition), ("directives", List(n.Directives)), ("selectionSet", n.SelectionSet)],
        DirectiveNode n => [("name", n.Name), ("arguments", List(n.Arguments))],
        VariableNode n => [("name", n.Name)],
        IntValueNode n => [("value", n.Value)],
        FloatValueNode n => [("value", n.Value)],
        StringValueNode n => [("value", n.Value), ("block", n.IsBlock)],
        BooleanValueNode n => [("value", n.Value)],
        NullValueNode => [],
        EnumValueNode n => [("value", n.Value)],
        ListValueNode n => [("values", List(n.Values))],
        ObjectValueNode n => [("fields", List(n.Fields))],
        ObjectFieldNode n => [("name", n.Name), ("value", n.Value)],
        NamedTypeNode n => [("name", n.Name)],
        ListTypeNode n => [("type", n.Type)],
        NonNullTypeNode n => [("type", n.Type)],
        _ => TypeSystemParts(node),
    };

    private static (string, object?)[] TypeSystemParts(Node node) => node switch
    {
        SchemaDefinitionNode n => [("description", n.Description), ("directives", List(n.Directives)), ("operationTypes", List(n.OperationTypes))],
        OperationTypeDefinitionNode n => [("operation", SyntaxPrinter.KeywordOf(n.Operation)), ("type", n.Type)],
        ScalarTypeDefinitionNode n => TypeParts(n),
        ObjectTypeDefinitionNode n => [.. TypeParts(n), ("interfaces", List(n.Interfaces)), ("fields", List(n.Fields))],
        InterfaceTypeDefinitionNode n => [.. TypeParts(n), ("interfaces", List(n.Interfaces)), ("fields", List(n.Fields))],
        UnionTypeDefinitionNode n => [.. TypeParts(n), ("types", List(n.Types))],
        EnumTypeDefinitionNode n => [.. TypeParts(n), ("values", List(n.Values))],
        InputObjectTypeDefinitionNode n => [.. TypeParts(n), ("fields", List(n.Fields))],
        FieldDefinitionNode n =>
            [("description", n.Description), ("name", n.Name), ("arguments", List(n.Arguments)), ("type", n.Type), ("directives", List(n.Directives))],
        InputValueDefinitionNode n =>
            [("description", n.Description), ("name", n.Name), ("type", n.Type), ("defaultValue", n.DefaultValue), ("directives", List(n.Directives))],
        EnumValueDefinitionNode n => [("description", n.Description), ("name", n.Name), ("directives", List(n.Directives))],
        DirectiveDefinitionNode n =>
        [
            ("description", n.Description), ("name", n.Name), ("arguments", List(n.Arguments)),
            ("repeatable", n.IsRepeatable), ("locations", List(n.Locations)),
        ],
        _ => throw new ArgumentException($"a node of kind {node.Kind}"),
    };

    private static (string, object?)[] TypeParts(TypeDefinitionNode n) => [("description", n.Description), ("name", n.Name), ("directives", List(n.Directives))];

    private static Node[] List<T>(ImmutableArray<T> nodes)
        where T : Node => [.. nodes];
}
