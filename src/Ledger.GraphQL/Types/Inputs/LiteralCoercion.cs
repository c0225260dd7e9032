using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>The coerced variables of a request, as literals look them up.</summary>
public interface IVariableValues
{
    /// <summary>The value of a variable; undefined when it was not given and has no default.</summary>
    CoercedValue Get(string name);
}

/// <summary>
/// Coerces literals of a document to input types (§3.5 to §3.12, input coercion; §6.4.1). Recursion is bounded by the document's depth:
/// no type is followed further than a literal reaches. Thread-safe.
/// </summary>
public static class LiteralCoercion
{
    /// <summary>Coerces a literal; false when it is not of the type, of which <see cref="LiteralCheck"/> can say why.</summary>
    /// <param name="literal">The literal.</param>
    /// <param name="type">An input type.</param>
    /// <param name="variables">The values of its variables; null for a constant.</param>
    /// <param name="value">The value when the answer is true. Undefined only for a variable that is.</param>
    public static bool TryCoerce(ValueNode literal, GraphQLType type, IVariableValues? variables, out CoercedValue value)
    {
        value = CoercedValue.Null;
        if (literal is VariableNode variable)
        {
            value = variables?.Get(variable.Name.Value) ?? default;
            return !(value.IsNullOrUndefined && type is NonNullType);
        }

        if (literal is NullValueNode) return type is not NonNullType;
        return type.Nullable switch
        {
            ListType list => TryCoerceList(literal, list, variables, out value),
            InputObjectType input => TryCoerceObject(literal, input, variables, out value),
            LeafType leaf => !HoldsVariable(literal) && leaf.TryCoerce(new LeafInput(literal), out value, out _),
            _ => false,
        };
    }

    // §3.11: what is no list is a list of one.
    private static bool TryCoerceList(ValueNode literal, ListType type, IVariableValues? variables, out CoercedValue value)
    {
        var literals = literal is ListValueNode list ? list.Values : [literal];
        var items = new CoercedValue[literals.Length];
        value = CoercedValue.OfList(items);
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryCoerce(literals[i], type.Item, variables, out items[i])) return false;
            // A variable that was not given is null in a list (§3.11).
            if (items[i].IsUndefined) items[i] = CoercedValue.Null;
        }

        return true;
    }

    private static bool TryCoerceObject(ValueNode literal, InputObjectType type, IVariableValues? variables, out CoercedValue value)
    {
        value = default;
        if (literal is not ObjectValueNode given) return false;
        var values = new CoercedValue[type.Fields.Count];
        var count = 0;
        foreach (var field in given.Fields)
        {
            var index = type.IndexOf(field.Name.Value);
            if (index < 0 || !values[index].IsUndefined) return false;
            // A field whose variable was not given counts as not given (§3.10).
            var isMissing = field.Value is VariableNode variable && (variables?.Get(variable.Name.Value) ?? default).IsUndefined;
            if (isMissing && !type.IsOneOf) continue;
            if (!TryCoerce(field.Value, type.Fields[index].Type, variables, out values[index])) return false;
            count++;
        }

        value = CoercedValue.OfInput(new InputValues(type.Fields, values));
        return type.IsOneOf ? IsExactlyOne(values, count) : TryAddDefaults(type, values);
    }

    /// <summary>Fills in defaults; false when a field that is required was not given.</summary>
    internal static bool TryAddDefaults(InputObjectType type, CoercedValue[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].IsUndefined) continue;
            if (type.Fields[i].IsRequired) return false;
            values[i] = type.Fields[i].Default;
        }

        return true;
    }

    /// <summary>Whether one field was given, and not null (§3.10.1).</summary>
    internal static bool IsExactlyOne(CoercedValue[] values, int given) => given == 1 && values.Count(value => !value.IsNullOrUndefined) == 1;

    // A custom scalar's literal may be a list or an object; a variable inside it has no type that it could be coerced to.
    private static bool HoldsVariable(ValueNode literal) => literal switch
    {
        VariableNode => true,
        ListValueNode list => list.Values.Any(HoldsVariable),
        ObjectValueNode fields => fields.Fields.Any(field => HoldsVariable(field.Value)),
        _ => false,
    };
}
