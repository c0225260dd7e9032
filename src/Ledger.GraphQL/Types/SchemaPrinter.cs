using System.Text;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>Prints a schema as SDL, byte for byte as graphql-js's <c>printSchema</c> does: in the order of <see cref="Schema.Types"/>. Thread-safe.</summary>
public static class SchemaPrinter
{
    /// <summary>The schema without what the specification defines, and without a line feed at the end.</summary>
    public static string Print(Schema schema)
    {
        var parts = new List<string>();
        if (PrintRoots(schema) is { } roots) parts.Add(roots);
        parts.AddRange(schema.Directives.Where(directive => SpecifiedDirectives.All.All(each => each.Name != directive.Name)).Select(Print));
        parts.AddRange(schema.Types.Where(type => !Introspection.Includes(type) && Scalars.Find(type.Name) is null).Select(Print));
        return string.Join("\n\n", parts);
    }

    /// <summary>One type.</summary>
    public static string Print(NamedType type) => Describe(type.Description) + type switch
    {
        ScalarType scalar => $"scalar {type}{(scalar.SpecifiedBy is { } url ? $" @specifiedBy(url: {QuotedString.Print(url)})" : "")}",
        ObjectType objectType => $"type {type}{Implements(objectType)}{Block(objectType.Fields.Select((field, i) => Print(field, i)))}",
        InterfaceType contract => $"interface {type}{Implements(contract)}{Block(contract.Fields.Select((field, i) => Print(field, i)))}",
        UnionType union => $"union {type}{(union.Types.Count > 0 ? $" = {string.Join(" | ", union.Types)}" : "")}",
        EnumType choices => $"enum {type}{Block(choices.Values.Select((value, i) => Print(value, i)))}",
        InputObjectType input => $"input {type}{(input.IsOneOf ? " @oneOf" : "")}{Block(input.Fields.Select((field, i) => Print(field, i)))}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // The schema's own definition says nothing where names and description are the usual ones.
    private static string? PrintRoots(Schema schema)
    {
        var roots = new[] { OperationType.Query, OperationType.Mutation, OperationType.Subscription };
        if (roots.All(root => schema.RootType(root) is null)) return null;
        if (schema.Description is null && roots.All(root => schema.RootType(root) == schema.FindType(DefaultName(root)))) return null;
        var lines = roots.Where(root => schema.RootType(root) is not null).Select(root => $"  {SyntaxPrinter.KeywordOf(root)}: {schema.RootType(root)}\n");
        return $"{Describe(schema.Description)}schema {{\n{string.Concat(lines)}}}";
    }

    /// <summary>The root type that a schema without a definition of its own has for a kind of operation (§3.3.1).</summary>
    internal static string DefaultName(OperationType operation) => operation switch
    {
        OperationType.Query => "Query",
        OperationType.Mutation => "Mutation",
        _ => "Subscription",
    };

    private static string Print(DirectiveDefinition directive) =>
        $"{Describe(directive.Description)}directive @{directive.Name}{PrintArguments(directive.Arguments, "")}"
        + $"{(directive.IsRepeatable ? " repeatable" : "")} on {string.Join(" | ", directive.Locations.Select(location => location.NameOf()))}";

    private static string Print(FieldDefinition field, int index) =>
        $"{Describe(field.Description, "  ", index == 0)}  {field.Name}{PrintArguments(field.Arguments, "  ")}: {field.Type}{PrintDeprecation(field.DeprecationReason)}";

    private static string Print(EnumValueDefinition value, int index) =>
        $"{Describe(value.Description, "  ", index == 0)}  {value.Name}{PrintDeprecation(value.DeprecationReason)}";

    private static string Print(InputValueDefinition field, int index) => $"{Describe(field.Description, "  ", index == 0)}  {Print(field)}";

    private static string Print(InputValueDefinition input) =>
        $"{input.Name}: {input.Type}{(input.DefaultLiteral is { } literal ? $" = {literal}" : "")}{PrintDeprecation(input.DeprecationReason)}";

    private static string PrintArguments(IReadOnlyList<InputValueDefinition> arguments, string indent)
    {
        if (arguments.Count == 0) return "";
        if (arguments.All(argument => argument.Description is null)) return $"({string.Join(", ", arguments.Select(argument => Print(argument)))})";
        var lines = arguments.Select((argument, i) => $"{Describe(argument.Description, "  " + indent, i == 0)}  {indent}{Print(argument)}");
        return $"(\n{string.Join('\n', lines)}\n{indent})";
    }

    private static string PrintDeprecation(string? reason) => reason switch
    {
        null => "",
        SpecifiedDirectives.DefaultDeprecationReason => " @deprecated",
        _ => $" @deprecated(reason: {QuotedString.Print(reason)})",
    };

    private static string Describe(string? description, string indent = "", bool isFirst = true)
    {
        if (description is null) return "";
        var text = BlockString.CanSay(description) ? BlockString.Print(description) : QuotedString.Print(description);
        var printed = new StringBuilder(text).Replace("\n", "\n" + indent).Append('\n');
        return $"{(indent.Length > 0 && !isFirst ? "\n" : "")}{indent}{printed}";
    }

    private static string Implements(FieldedType type) => type.Interfaces.Count == 0 ? "" : $" implements {string.Join(" & ", type.Interfaces)}";

    private static string Block(IEnumerable<string> lines)
    {
        var body = string.Join('\n', lines);
        return body.Length == 0 ? "" : $" {{\n{body}\n}}";
    }
}
