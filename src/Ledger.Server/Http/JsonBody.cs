using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;

namespace Ledger.Server.Http;

/// <summary>A command's JSON body: what it says, and the bytes it was said in.</summary>
internal sealed record JsonBody<T>(T Value, byte[] Bytes);

/// <summary>Reads JSON bodies strictly: what is not understood is refused, so that a caller never believes it was heeded.</summary>
internal static class JsonBody
{
    public const int MaxBytes = 256 * 1024;
    public const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    public static async ValueTask<Attempt<JsonBody<T>>> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : notnull
    {
        var read = await ReadBytesAsync(http, MaxBytes);
        if (!read.Succeeded(out var bytes, out var problem)) return problem;
        try
        {
            return JsonSerializer.Deserialize(bytes, type) is { } value
                ? new JsonBody<T>(value, bytes)
                : Malformed("$", "it is null", "send an object");
        }
        catch (JsonException exception)
        {
            return Explain(bytes, type, exception);
        }
    }

    /// <summary>The bytes of a body that says it is JSON.</summary>
    public static async ValueTask<Attempt<byte[]>> ReadBytesAsync(HttpContext http, int maxBytes) => IsJson(http.Request.ContentType)
        ? await RequestBody.ReadAsync(http, maxBytes, "body_too_large")
        : new Problem(StatusCodes.Status415UnsupportedMediaType, "media_type_unsupported", "the body is not JSON", "send Content-Type: application/json");

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.MediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    // The serialiser's own messages name .NET types; what is wrong is found again here and said in the API's words.
    private static Problem Explain(byte[] bytes, JsonTypeInfo type, JsonException exception)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException broken)
        {
            return Malformed(Path(broken), $"it is not JSON that can be read (line {broken.LineNumber + 1})", $"complete JSON, nested at most {MaxDepth} deep, each member once");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object) return Malformed("$", "it is not an object", "send an object");
            var known = type.Properties;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!known.Any(property => property.Name == member.Name))
                    return Malformed($"$.{member.Name}", "there is no such member", $"it has: {string.Join(", ", known.Select(property => property.Name))}");
            }

            if (known.FirstOrDefault(property => property.IsRequired && !document.RootElement.TryGetProperty(property.Name, out _)) is { } missing)
                return Malformed($"$.{missing.Name}", "it is missing", $"give '{missing.Name}'");
            return Malformed(Path(exception), "the value is not of the kind that belongs there", "the API's description is at /openapi/v1.json");
        }
    }

    private static string Path(JsonException exception) => exception.Path is { Length: > 0 } path ? path : "$";

    private static Problem Malformed(string path, string what, string hint) => new(
        StatusCodes.Status400BadRequest, "body_malformed", $"the body cannot be read at {path}: {what}", hint)
    {
        Problems = [Problems.Error("body_malformed", path, what, hint)],
    };
}
