using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ledger.Cli.Server;

/// <summary>An answer that reads as what was promised.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Json">The answer as the server wrote it, with members that nobody here knows.</param>
internal sealed record Answer<T>(T Value, JsonElement Json);

/// <summary>Reads answers.</summary>
internal static class Answers
{
    private const int MaxDepth = 128;

    // A member that is there twice means two things to two readers.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Parses a body; null when it is not JSON, or not JSON that has one meaning.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return HasNullInList(document.RootElement) ? null : document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads a body as what was promised; null when it is not that.</summary>
    public static Answer<T>? Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        if (Parse(body) is not { ValueKind: JsonValueKind.Object } json) return null;
        try
        {
            return json.Deserialize(type) is { } value ? new Answer<T>(value, json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The serialiser holds members to their nullability, but not the entries of lists; no list of the contract has a null.
    private static bool HasNullInList(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().Any(entry => entry.ValueKind == JsonValueKind.Null || HasNullInList(entry)),
        JsonValueKind.Object => json.EnumerateObject().Any(member => HasNullInList(member.Value)),
        _ => false,
    };
}
