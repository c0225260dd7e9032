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
    /// <summary>Coerces a value, and says what is wrong with it.</summary>
    /// <param name="json">The value.</param>
    /// <param name="type">An input type.</param>
    /// <param name="report">Gets every problem, up to so many.</param>
    /// <param name="value">The value when the answer is true.</param>
    /// <param name="suggest">Whether names that are not there are answered with those that are near; see <see cref="Suggestions"/>.</param>
    /// <param name="problemsMax">How many problems are said: saying one shows the value, so saying all is quadratic.</param>
    public static bool TryCoerce(
        JsonElement json, GraphQLType type, Action<JsonProblem> report, out CoercedValue value, bool suggest = false, int problemsMax = int.MaxValue) =>
        TryCoerce(json, type, problemsMax > 0 ? new Reporter(report, suggest, problemsMax) : Reporter.Silent, "", out value);

    /// <summary>Coerces a value, and says nothing.</summary>
    internal static bool TryCoerce(JsonElement json, GraphQLType type, out CoercedValue value) => TryCoerce(json, type, Reporter.Silent, "", out value);

    private static bool TryCoerce(JsonElement json, GraphQLType type, Reporter reporter, string path, out CoercedValue value)
    {
        value = CoercedValue.Null;
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return type is not NonNullType || (reporter.IsOpen && reporter.Fail($"Expected value of non-null type \"{type}\" not to be null.", path));
        switch (type.Nullable)
        {
            case ListType list: return TryCoerceList(json, list, reporter, path, out value);
            case InputObjectType input: return TryCoerceObject(json, input, reporter, path, out value);
            case LeafType leaf: return TryCoerceLeaf(json, leaf, reporter, path, out value);
            default: return reporter.IsOpen && reporter.Fail($"\"{type}\" is not an input type.", path);
        }
    }

    private static bool TryCoerceLeaf(JsonElement json, LeafType type, Reporter reporter, string path, out CoercedValue value)
    {
        var input = new LeafInput(json);
        return type.TryCoerce(input, out value, out var problem)
            || (reporter.IsOpen && reporter.Fail(problem + (reporter.Suggest ? LiteralCheck.SuggestValue(input.Text, type) : ""), path));
    }

    private static bool TryCoerceList(JsonElement json, ListType type, Reporter reporter, string path, out CoercedValue value)
    {
        // §3.11: what is no list is a list of one.
        var isList = json.ValueKind == JsonValueKind.Array;
        var items = new CoercedValue[isList ? json.GetArrayLength() : 1];
        value = CoercedValue.OfList(items);
        if (!isList) return TryCoerce(json, type.Item, reporter, path, out items[0]);
        var isCoerced = true;
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            isCoerced &= TryCoerce(item, type.Item, reporter, reporter.IsOpen ? $"{path}[{index}]" : "", out items[index]);
            index++;
        }

        return isCoerced;
    }

    private static bool TryCoerceObject(JsonElement json, InputObjectType type, Reporter reporter, string path, out CoercedValue value)
    {
        value = default;
        if (json.ValueKind != JsonValueKind.Object)
            return reporter.IsOpen && reporter.Fail($"Expected value of type \"{type}\" to be an object, found: {JsonText.Show(json)}.", path);
        var given = new JsonElement[type.Fields.Count];
        var unknown = 0;
        foreach (var property in json.EnumerateObject())
        {
            if (type.IndexOf(property.Name) is var index and >= 0) given[index] = property.Value;
            else unknown++;
        }

        // Problems come in the order of the definition, what it does not have last.
        var values = new CoercedValue[given.Length];
        var isCoerced = unknown == 0;
        for (var i = 0; i < given.Length; i++)
        {
            var field = type.Fields[i];
            if (given[i].ValueKind != JsonValueKind.Undefined)
                isCoerced &= TryCoerce(given[i], field.Type, reporter, reporter.IsOpen ? $"{path}.{field.Name}" : "", out values[i]);
            else if (field.IsRequired)
                isCoerced = reporter.IsOpen && reporter.Fail($"Expected value of type \"{type}\" to include required field \"{field.Name}\", found: {JsonText.Show(json)}.", path);
        }

        if (unknown > 0) ReportUnknown(json, type, reporter, path);
        value = CoercedValue.OfInput(new InputValues(type.Fields, values));
        if (!isCoerced) return false;
        if (!type.IsOneOf) return LiteralCoercion.TryAddDefaults(type, values);
        var count = given.Count(each => each.ValueKind != JsonValueKind.Undefined);
        if (LiteralCoercion.IsExactlyOne(values, count)) return true;
        var at = count == 1 ? $"{path}.{type.Fields[Array.FindIndex(given, each => each.ValueKind != JsonValueKind.Undefined)].Name}" : path;
        return reporter.IsOpen && reporter.Fail(LiteralCheck.NotExactlyOne(type), at);
    }

    private static void ReportUnknown(JsonElement json, InputObjectType type, Reporter reporter, string path)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (!reporter.IsOpen) return;
            if (type.IndexOf(property.Name) < 0) reporter.Fail(LiteralCheck.UnknownField(type, property.Name, JsonText.Show(json), reporter.Suggest), path);
        }
    }

    // Whoever asks whether it is open first writes no message that nobody hears.
    private sealed class Reporter(Action<JsonProblem> tell, bool suggest, int left)
    {
        public static Reporter Silent { get; } = new(static _ => { }, false, 0);

        public bool Suggest => suggest;

        public bool IsOpen => left > 0;

        public bool Fail(string message, string path)
        {
            left--;
            tell(new JsonProblem(message, path));
            return false;
        }
    }
}
