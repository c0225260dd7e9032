using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Language;

/// <summary>
/// Prints nodes as graphql-js's <c>print</c> does: two spaces a level, long arguments one a line. Recursion is bounded by the document's
/// depth, see <see cref="Node"/>. Thread-safe.
/// </summary>
public static partial class SyntaxPrinter
{
    private const int LineMax = 80;

    /// <summary>The node as GraphQL; parsing it gives an equal tree.</summary>
    public static string Print(Node node) => node switch
    {
        NameNode name => name.Value,
        DocumentNode document => Join(document.Definitions, "\n\n"),
        ValueNode value => PrintValue(value),
        TypeNode type => PrintType(type),
        SelectionSetNode set => Block(set.Selections),
        FieldNode field => PrintField(field),
        FragmentSpreadNode spread => $"...{spread.Name.Value}{Wrap(" ", Join(spread.Directives, " "))}",
        InlineFragmentNode inline => Words(
            "...", Wrap("on ", inline.TypeCondition?.Name.Value), Join(inline.Directives, " "), Print(inline.SelectionSet)),
        ArgumentNode argument => $"{argument.Name.Value}: {PrintValue(argument.Value)}",
        ObjectFieldNode field => $"{field.Name.Value}: {PrintValue(field.Value)}",
        DirectiveNode directive => $"@{directive.Name.Value}{Wrap("(", Join(directive.Arguments, ", "), ")")}",
        VariableDefinitionNode variable => PrintVariable(variable),
        OperationDefinitionNode operation => PrintOperation(operation),
        FragmentDefinitionNode fragment => Described(fragment.Description, Words(
            "fragment", fragment.Name.Value, "on", fragment.TypeCondition.Name.Value, Join(fragment.Directives, " "), Print(fragment.SelectionSet))),
        _ => PrintTypeSystem(node),
    };

    private static string PrintOperation(OperationDefinitionNode operation)
    {
        var variables = operation.VariableDefinitions.Select(PrintVariable).ToList();
        var signature = variables.Exists(IsTall)
            ? Wrap("(\n", string.Join('\n', variables), "\n)")
            : Wrap("(", string.Join(", ", variables), ")");
        var prefix = Described(operation.Description, Words(
            KeywordOf(operation.Operation), operation.Name?.Value + signature, Join(operation.Directives, " ")));
        return prefix == "query" ? Print(operation.SelectionSet) : $"{prefix} {Print(operation.SelectionSet)}";
    }

    /// <summary>The keyword of a kind of operation.</summary>
    public static string KeywordOf(OperationType operation) => operation switch
    {
        OperationType.Query => "query",
        OperationType.Mutation => "mutation",
        _ => "subscription",
    };

    private static string PrintVariable(VariableDefinitionNode variable) => Described(
        variable.Description,
        $"${variable.Variable.Name.Value}: {PrintType(variable.Type)}{Default(variable.DefaultValue)}{Wrap(" ", Join(variable.Directives, " "))}");

    private static string PrintField(FieldNode field)
    {
        var prefix = Wrap("", field.Alias?.Value, ": ") + field.Name.Value;
        var arguments = field.Arguments.Select(Print).ToList();
        var line = prefix + Wrap("(", string.Join(", ", arguments), ")");
        if (line.Length > LineMax && arguments.Count > 0) line = $"{prefix}(\n{Indent(string.Join('\n', arguments))}\n)";
        return Words(line, Join(field.Directives, " "), field.SelectionSet is { } set ? Print(set) : "");
    }

    private static string PrintType(TypeNode type) => type switch
    {
        NamedTypeNode named => named.Name.Value,
        ListTypeNode list => $"[{PrintType(list.Type)}]",
        NonNullTypeNode nonNull => PrintType(nonNull.Type) + "!",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string PrintValue(ValueNode value)
    {
        switch (value)
        {
            case VariableNode variable: return "$" + variable.Name.Value;
            case IntValueNode integer: return integer.Value;
            case FloatValueNode number: return number.Value;
            case StringValueNode { IsBlock: true } block: return BlockString.Print(block.Value);
            case StringValueNode text: return QuotedString.Print(text.Value);
            case BooleanValueNode boolean: return boolean.Value ? "true" : "false";
            case NullValueNode: return "null";
            case EnumValueNode symbol: return symbol.Value;
            // What is inside is printed once, whichever way it is laid out: twice at every level would be 2^depth.
            case ListValueNode list:
                List<string> items = [.. list.Values.Select(PrintValue)];
                return IsLong(items, 2) ? $"[\n{Indent(string.Join('\n', items))}\n]" : $"[{string.Join(", ", items)}]";
            case ObjectValueNode { Fields: var given }:
                List<string> fields = [.. given.Select(field => Print(field))];
                return IsLong(fields, 4) ? $"{{\n{Indent(string.Join('\n', fields))}\n}}" : $"{{ {string.Join(", ", fields)} }}";
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private static bool IsLong(List<string> items, int brackets) =>
        items.Sum(item => (long)item.Length) + (2L * Math.Max(items.Count - 1, 0)) + brackets > LineMax;

    private static string Default(ValueNode? value) => value is null ? "" : $" = {PrintValue(value)}";

    private static string Described(StringValueNode? description, string text) => description is null ? text : $"{PrintValue(description)}\n{text}";

    private static string Join<T>(ImmutableArray<T> nodes, string separator)
        where T : Node => string.Join(separator, nodes.Select(Print));

    private static string Words(params ReadOnlySpan<string> words)
    {
        var text = "";
        foreach (var word in words)
        {
            if (word.Length > 0) text = text.Length == 0 ? word : $"{text} {word}";
        }

        return text;
    }

    private static string Wrap(string before, string? text, string after = "") => string.IsNullOrEmpty(text) ? "" : before + text + after;

    private static string Block<T>(ImmutableArray<T> nodes)
        where T : Node => Wrap("{\n", Indent(Join(nodes, "\n")), "\n}");

    private static string Indent(string text) => text.Length == 0 ? "" : "  " + text.Replace("\n", "\n  ", StringComparison.Ordinal);

    private static bool IsTall(string text) => text.Contains('\n', StringComparison.Ordinal);
}
