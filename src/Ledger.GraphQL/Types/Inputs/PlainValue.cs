using System.Globalization;
using System.Text.Json;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>Values without a type, as plain .NET objects. Recursion is bounded by the document's depth, or by that of the JSON reader.</summary>
internal static class PlainValue
{
    public static object? Of(ValueNode literal) => literal switch
    {
        IntValueNode number => double.Parse(number.Value, CultureInfo.InvariantCulture),
        FloatValueNode number => double.Parse(number.Value, CultureInfo.InvariantCulture),
        StringValueNode text => text.Value,
        BooleanValueNode boolean => boolean.Value,
        EnumValueNode name => name.Value,
        ListValueNode list => list.Values.Select(Of).ToList(),
        ObjectValueNode fields => Pairs(fields.Fields.Select(field => (field.Name.Value, Of(field.Value)))),
        _ => null,
    };

    public static object? Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => json.EnumerateArray().Select(Of).ToList(),
        JsonValueKind.Object => Pairs(json.EnumerateObject().Select(property => (property.Name, Of(property.Value)))),
        _ => null,
    };

    private static Dictionary<string, object?> Pairs(IEnumerable<(string Name, object? Value)> fields)
    {
        var pairs = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in fields) pairs[name] = value;
        return pairs;
    }
}
