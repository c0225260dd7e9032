using System.Text.Json;

namespace Ledger.GraphQL.Types;

/// <summary>Why a variable's value is not of its type.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Path">Field names and indices from the value inwards, such as <c>.filter.names[0]</c>; empty for the value itself.</param>
public readonly record struct JsonProblem(string Message, string Path);

/// <summary>
/// Coerces variables to input types (<c>CoerceVariableValues</c>, §6.1.2). Recursion is bounded by the depth that the JSON was read
/// with. Thread-safe.
/// </summary>
public static class JsonCoercion
{
    /// <summary>Coerces a value, and says everything that is wrong with it.</summary>
    /// <param name="json">The value.</param>
    /// <param name="type">An input type.</param>
    /// <param name="report">Gets every problem.</param>
    /// <param name="value">The value when the answer is true.</param>
    /// <param name="suggest">Whether names that are not there are answered with those that are near; see <see cref="Suggestions"/>.</param>
    public static bool TryCoerce(JsonElement json, GraphQLType type, Action<JsonProblem> report, out CoercedValue value, bool suggest = false) =>
        TryCoerce(json, type, report, suggest, "", out value);

    private static bool TryCoerce(JsonElement json, GraphQLType type, Action<JsonProblem> report, bool suggest, string path, out CoercedValue value)
    {
        value = CoercedValue.Null;
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            if (type is not NonNullType) return true;
            return Fail(report, $"Expected value of non-null type \"{type}\" not to be null.", path);
        }

        return type.Nullable switch
        {
            ListType list => TryCoerceList(json, list, report, suggest, path, out value),
            InputObjectType input => TryCoerceObject(json, input, report, suggest, path, out value),
            LeafType leaf => leaf.TryCoerce(new LeafInput(json), out value, out var problem) || Fail(report, problem + (suggest ? LiteralCheck.SuggestValue(new LeafInput(json).Text, leaf) : ""), path),
            _ => Fail(report, $"\"{type}\" is not an input type.", path),
        };
    }

    private static bool TryCoerceList(JsonElement json, ListType type, Action<JsonProblem> report, bool suggest, string path, out CoercedValue value)
    {
        // §3.11: what is no list is a list of one.
        var isList = json.ValueKind == JsonValueKind.Array;
        var items = new CoercedValue[isList ? json.GetArrayLength() : 1];
        value = CoercedValue.OfList(items);
        if (!isList) return TryCoerce(json, type.Item, report, suggest, path, out items[0]);
        var isCoerced = true;
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            isCoerced &= TryCoerce(item, type.Item, report, suggest, $"{path}[{index}]", out items[index]);
            index++;
        }

        return isCoerced;
    }

    private static bool TryCoerceObject(JsonElement json, InputObjectType type, Action<JsonProblem> report, bool suggest, string path, out CoercedValue value)
    {
        value = default;
        if (json.ValueKind != JsonValueKind.Object)
            return Fail(report, $"Expected value of type \"{type}\" to be an object, found: {JsonText.Show(json)}.", path);
        var given = new JsonElement[type.Fields.Count];
        var unknown = 0;
        foreach (var property in json.EnumerateObject())
        {
            if (type.IndexOf(property.Name) is var index and >= 0) given[index] = property.Value;
            else unknown++;
        }

        // Problems come in the order of the definition, what it does not have last.
        var values = new CoercedValue[given.Length];
        var isCoerced = true;
        for (var i = 0; i < given.Length; i++)
        {
            var field = type.Fields[i];
            if (given[i].ValueKind != JsonValueKind.Undefined)
                isCoerced &= TryCoerce(given[i], field.Type, report, suggest, $"{path}.{field.Name}", out values[i]);
            else if (field.IsRequired)
                isCoerced = Fail(report, $"Expected value of type \"{type}\" to include required field \"{field.Name}\", found: {JsonText.Show(json)}.", path);
        }

        if (unknown > 0)
        {
            foreach (var property in json.EnumerateObject().Where(property => type.IndexOf(property.Name) < 0))
                isCoerced = Fail(report, LiteralCheck.UnknownField(type, property.Name, JsonText.Show(json), suggest), path);
        }

        value = CoercedValue.OfInput(new InputValues(type.Fields, values));
        if (!isCoerced) return false;
        if (!type.IsOneOf) return LiteralCoercion.TryAddDefaults(type, values);
        return LiteralCoercion.IsExactlyOne(values, given.Count(each => each.ValueKind != JsonValueKind.Undefined)) || Fail(report, LiteralCheck.NotExactlyOne(type), path);
    }

    private static bool Fail(Action<JsonProblem> report, string message, string path)
    {
        report(new JsonProblem(message, path));
        return false;
    }
}
