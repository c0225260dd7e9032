using System.Text;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>
/// Prints a schema as SDL, byte for byte as graphql-js's <c>printSchema</c> does: in the order of <see cref="Schema.Types"/>; on request
/// with what its fields cost, which introspection has no place for. Thread-safe.
/// </summary>
public sealed class SchemaPrinter
{
    private readonly bool _withCosts;

    private SchemaPrinter(bool withCosts) => _withCosts = withCosts;

    /// <summary>The schema without what the specification defines, and without a line feed at the end.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="withCosts">Whether weights and list sizes are printed, and the directives of <see cref="CostDirectives"/> with them.</param>
    public static string Print(Schema schema, bool withCosts = false)
    {
        var printer = new SchemaPrinter(withCosts);
        var parts = new List<string>();
        if (PrintRoots(schema) is { } roots) parts.Add(roots);
        var directives = schema.Directives.Where(directive => SpecifiedDirectives.All.All(each => each.Name != directive.Name)).ToList();
        if (withCosts) directives.AddRange(CostDirectives.All.ExceptBy(directives.Select(directive => directive.Name), directive => directive.Name));
        parts.AddRange(directives.Select(printer.PrintDirective));
        parts.AddRange(schema.Types.Where(type => !Introspection.Includes(type) && Scalars.Find(type.Name) is null).Select(printer.PrintType));
        return string.Join("\n\n", parts);
    }

    /// <summary>One type.</summary>
    public static string Print(NamedType type) => new SchemaPrinter(withCosts: false).PrintType(type);

    private string PrintType(NamedType type) => Describe(type.Description) + type switch
    {
        ScalarType scalar => $"scalar {type}{(scalar.SpecifiedBy is { } url ? $" @specifiedBy(url: {QuotedString.Print(url)})" : "")}{Weigh(type.CostWeight)}",
        ObjectType objectType => $"type {type}{Implements(objectType)}{Weigh(type.CostWeight)}{Block(objectType.Fields.Select(PrintField))}",
        InterfaceType contract => $"interface {type}{Implements(contract)}{Block(contract.Fields.Select(PrintField))}",
        UnionType union => $"union {type}{(union.Types.Count > 0 ? $" = {string.Join(" | ", union.Types)}" : "")}",
        EnumType choices => $"enum {type}{Weigh(type.CostWeight)}{Block(choices.Values.Select(PrintValue))}",
        InputObjectType input => $"input {type}{(input.IsOneOf ? " @oneOf" : "")}{Block(input.Fields.Select(PrintInputField))}",
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

    private string PrintDirective(DirectiveDefinition directive) =>
        $"{Describe(directive.Description)}directive @{directive.Name}{PrintArguments(directive.Arguments, "")}"
        + $"{(directive.IsRepeatable ? " repeatable" : "")} on {string.Join(" | ", directive.Locations.Select(location => location.NameOf()))}";

    private string PrintField(FieldDefinition field, int index) =>
        $"{Describe(field.Description, "  ", index == 0)}  {field.Name}{PrintArguments(field.Arguments, "  ")}: {field.Type}"
        + $"{PrintDeprecation(field.DeprecationReason)}{Weigh(field.CostWeight)}{(_withCosts && field.ListSize is { } size ? CostDirectives.Print(size) : "")}";

    private static string PrintValue(EnumValueDefinition value, int index) =>
        $"{Describe(value.Description, "  ", index == 0)}  {value.Name}{PrintDeprecation(value.DeprecationReason)}";

    private string PrintInputField(InputValueDefinition field, int index) => $"{Describe(field.Description, "  ", index == 0)}  {PrintInput(field)}";

    private string PrintInput(InputValueDefinition input) =>
        $"{input.Name}: {input.Type}{(input.DefaultLiteral is { } literal ? $" = {literal}" : "")}{PrintDeprecation(input.DeprecationReason)}{Weigh(input.CostWeight)}";

    private string PrintArguments(IReadOnlyList<InputValueDefinition> arguments, string indent)
    {
        if (arguments.Count == 0) return "";
        if (arguments.All(argument => argument.Description is null)) return $"({string.Join(", ", arguments.Select(PrintInput))})";
        var lines = arguments.Select((argument, i) => $"{Describe(argument.Description, "  " + indent, i == 0)}  {indent}{PrintInput(argument)}");
        return $"(\n{string.Join('\n', lines)}\n{indent})";
    }

    private static string PrintDeprecation(string? reason) => reason switch
    {
        null => "",
        SpecifiedDirectives.DefaultDeprecationReason => " @deprecated",
        _ => $" @deprecated(reason: {QuotedString.Print(reason)})",
    };

    private string Weigh(double? weight) => _withCosts && weight is { } known ? CostDirectives.Print(known) : "";

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
