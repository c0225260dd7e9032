using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>
/// Finds the variable for which a literal cannot be coerced: one that may be null by its own type and is, where there is no null (§5.8.5
/// allows it where there is a default). Recursion is bounded by the document's depth.
/// </summary>
internal static class NullVariables
{
    /// <summary>The first; null when it is for no variable.</summary>
    public static LiteralProblem? Find(ValueNode literal, GraphQLType type, VariableValues variables, string path = "") => (literal, type.Nullable) switch
    {
        (VariableNode variable, _) => type is NonNullType ? Explain(variable, type, variables, path) : null,
        (ListValueNode list, ListType items) => FindInList(list, items, variables, path),
        (not ListValueNode, ListType items) => Find(literal, items.Item, variables, path),
        (ObjectValueNode given, InputObjectType input) => FindInObject(given, input, variables, path),
        _ => null,
    };

    private static LiteralProblem? Explain(VariableNode variable, GraphQLType type, VariableValues variables, string path)
    {
        var (name, value) = (variable.Name.Value, variables.Get(variable.Name.Value));
        if (value.IsUndefined) return new LiteralProblem($"Expected variable \"${name}\" provided to type \"{type}\" to provide a runtime value.", variable, path);
        return value.IsNullOrUndefined
            ? new LiteralProblem($"Expected variable \"${name}\" provided to non-null type \"{type}\" not to be null.", variable, path)
            : null;
    }

    private static LiteralProblem? FindInList(ListValueNode list, ListType type, VariableValues variables, string path)
    {
        for (var i = 0; i < list.Values.Length; i++)
        {
            if (Find(list.Values[i], type.Item, variables, $"{path}[{i}]") is { } problem) return problem;
        }

        return null;
    }

    private static LiteralProblem? FindInObject(ObjectValueNode given, InputObjectType type, VariableValues variables, string path)
    {
        foreach (var field in type.Fields)
        {
            if (given.Fields.LastOrDefault(each => each.Name.Value == field.Name)?.Value is not { } value) continue;
            if (type.IsOneOf && ExplainOneOf(given, value, field, type, variables, path) is { } choice) return choice;
            var isLeftOut = value is VariableNode variable && !field.IsRequired && variables.Get(variable.Name.Value).IsUndefined;
            if (!isLeftOut && Find(value, field.Type, variables, $"{path}.{field.Name}") is { } problem) return problem;
        }

        return null;
    }

    // §3.10.1: the one field must not be null, whatever its type.
    private static LiteralProblem? ExplainOneOf(
        ObjectValueNode given, ValueNode value, InputValueDefinition field, InputObjectType type, VariableValues variables, string path)
    {
        if (value is not VariableNode { Name.Value: var name } || !variables.Get(name).IsNullOrUndefined) return null;
        var what = variables.Get(name).IsUndefined ? "to provide a runtime value" : "not to be null";
        return new LiteralProblem($"Expected variable \"${name}\" provided to field \"{field.Name}\" for OneOf Input Object type \"{type}\" {what}.", given, path);
    }
}
