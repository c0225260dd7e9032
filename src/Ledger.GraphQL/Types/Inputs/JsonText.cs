using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ledger.GraphQL.Types;

/// <summary>JSON as messages show it: short, and never deeper than two levels; what is long by its quotes or brackets alone.</summary>
internal static class JsonText
{
    private const int ItemsMax = 10;
    private const int LevelsMax = 2;
    private const int BytesMax = 2_000;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Show(JsonElement json, int level = 0) => json.ValueKind switch
    {
        JsonValueKind.String when IsLong(json) => "\"…\"",
        JsonValueKind.Array when IsLong(json) => "[…]",
        JsonValueKind.Object when IsLong(json) => "{…}",
        JsonValueKind.Number when IsLong(json) => "…",
        JsonValueKind.String => JsonSerializer.Serialize(json.GetString(), Options),
        JsonValueKind.Array => ShowArray(json, level),
        JsonValueKind.Object => ShowObject(json, level),
        JsonValueKind.Undefined => "undefined",
        _ => json.GetRawText(),
    };

    // As it was sent. A value is shown once for everything that is wrong with it.
    private static bool IsLong(JsonElement json) => JsonMarshal.GetRawUtf8Value(json).Length > BytesMax;

    private static string ShowArray(JsonElement array, int level)
    {
        var length = array.GetArrayLength();
        if (length == 0) return "[]";
        if (level >= LevelsMax) return "[Array]";
        var items = array.EnumerateArray().Take(ItemsMax).Select(item => Show(item, level + 1));
        var more = length - ItemsMax;
        if (more > 0) items = items.Append(more == 1 ? "... 1 more item" : $"... {more} more items");
        return $"[{string.Join(", ", items)}]";
    }

    private static string ShowObject(JsonElement value, int level)
    {
        var properties = value.EnumerateObject().Select(property => (property.Name, property.Value)).ToList();
        if (properties.Count == 0) return "{}";
        return level >= LevelsMax ? "[Object]" : $"{{ {string.Join(", ", properties.Select(each => $"{each.Name}: {Show(each.Value, level + 1)}"))} }}";
    }
}
