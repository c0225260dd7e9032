using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Http.WebSockets;

/// <summary>A message of a client (protocol <c>graphql-transport-ws</c>).</summary>
/// <param name="Type">What it is.</param>
/// <param name="Id">The operation; null where the message has none.</param>
/// <param name="Payload">Undefined where there is none.</param>
internal readonly record struct TransportWsMessage(string Type, string? Id, JsonElement Payload)
{
    private const int DepthMax = 66;
    private const int IdMax = 256;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DepthMax };

    /// <summary>Reads a message. What holds it is to be disposed after the message's payload was used.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, out TransportWsMessage message, [NotNullWhen(true)] out JsonDocument? held)
    {
        message = default;
        held = null;
        if (!Utf8.IsValid(utf8.Span)) return false;
        try
        {
            held = JsonDocument.Parse(utf8, Options);
            var root = held.RootElement;
            if (root.ValueKind == JsonValueKind.Object && Text(root, "type") is { } type)
            {
                message = new TransportWsMessage(type, Text(root, "id"), root.TryGetProperty("payload", out var payload) ? payload : default);
                if (message.Id is null or { Length: > 0 and <= IdMax }) return true;
            }
        }
        catch (JsonException)
        {
            // Not JSON.
        }
        catch (InvalidOperationException)
        {
            // An escape of half a character.
        }

        held?.Dispose();
        held = null;
        return false;
    }

    /// <summary>A message without a payload.</summary>
    public static byte[] Write(string type, string? id = null)
    {
        using var buffer = Begin(type, id);
        buffer.WriteRaw((byte)'}');
        return buffer.Written.ToArray();
    }

    /// <summary>A message with a payload.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="id">The operation.</param>
    /// <param name="payload">JSON.</param>
    public static JsonBuffer Write(string type, string id, ReadOnlySpan<byte> payload)
    {
        var buffer = Begin(type, id);
        buffer.WriteRaw(",\"payload\":"u8);
        buffer.WriteRaw(payload);
        buffer.WriteRaw((byte)'}');
        return buffer;
    }

    private static JsonBuffer Begin(string type, string? id)
    {
        var buffer = new JsonBuffer(256);
        buffer.WriteRaw("{\"type\":"u8);
        buffer.WriteString(type);
        if (id is null) return buffer;
        buffer.WriteRaw(",\"id\":"u8);
        buffer.WriteString(id);
        return buffer;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
