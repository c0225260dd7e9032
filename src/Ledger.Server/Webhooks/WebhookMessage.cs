using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Integrity.Canonical;
using Ledger.Store.Log;

namespace Ledger.Server.Webhooks;

/// <summary>
/// An event as it is told to receivers: a CloudEvent 1.0 in structured mode (JSON format). The same event is the same bytes on every attempt.
/// </summary>
/// <param name="Id">The event's identity: receivers know a repetition by it.</param>
/// <param name="Body">The JSON.</param>
internal sealed record WebhookMessage(string Id, byte[] Body)
{
    public const string MediaType = "application/cloudevents+json";

    /// <summary>What every type starts with; the event's name in the log follows.</summary>
    public const string TypePrefix = "dev.ledger.";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Tells an event.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="origin">The log's name.</param>
    /// <exception cref="FormatException">The row is not one that the ledger wrote.</exception>
    public static WebhookMessage Of(StoredEvent stored, string origin)
    {
        var id = stored.Id.ToString();
        var actor = stored.Actor();
        var body = new ArrayBufferWriter<byte>(stored.Data.Length + 1024);
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", id);
            json.WriteString("source", origin);
            json.WriteString("type", TypePrefix + stored.Type);
            json.WriteString("subject", ReleaseId.FromStreamKey(stored.Stream)?.ToString() ?? stored.Stream);
            json.WriteString("time", UtcTimeJsonConverter.ToText(stored.At));
            json.WriteString("datacontenttype", "application/json");
            json.WriteStartObject("data");
            json.WriteStartObject("actor");
            json.WriteString("id", actor.Id);
            json.WriteString("role", Domain.Actors.Roles.Name(actor.Role));
            json.WriteEndObject();
            json.WritePropertyName("event");
            json.WriteRawValue(CanonicalJson.Canonicalize(stored.Data.Span), skipInputValidation: true);
            json.WriteString("leafHash", stored.LeafHash().ToString());
            json.WriteNumber("leafIndex", stored.Sequence - 1);
            json.WriteNumber("version", stored.Version);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new WebhookMessage(id, body.WrittenSpan.ToArray());
    }
}
