using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ledger.Intake.Documents;

namespace Ledger.Intake.CloudEvents;

/// <summary>
/// Reads the HTTP binding of CloudEvents 1.0: structured, binary and batched JSON (v1.0.2, "HTTP Protocol Binding" and "JSON Event
/// Format"). Thread-safe. One event that cannot be read makes its batch refused as a whole, so that a sender never has to find out which
/// of its events went through.
/// </summary>
public static class CloudEventReader
{
    /// <summary>The media type of one event in one JSON document.</summary>
    public const string Structured = "application/cloudevents+json";

    /// <summary>The media type of a JSON array of events.</summary>
    public const string Batch = "application/cloudevents-batch+json";

    private const string HeaderPrefix = "ce-";

    /// <summary>The most bytes that a message of this content type may have.</summary>
    public static int MaxBytes(string? contentType) =>
        contentType is not null && MediaTypes.Essence(contentType) == Batch ? CloudEventLimits.MaxBatchBytes : CloudEventLimits.MaxEventBytes;

    /// <summary>Reads a message.</summary>
    /// <param name="contentType">The header Content-Type, or null.</param>
    /// <param name="headers">The other headers; names in any case. Only those that begin with <c>ce-</c> are looked at.</param>
    /// <param name="body">The body.</param>
    /// <returns>The events in their order: one, or as many as a batch holds, which may be none.</returns>
    public static IntakeResult<IReadOnlyList<CloudEvent>> Read(string? contentType, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var essence = contentType is null ? null : MediaTypes.Essence(contentType);
        var maximum = MaxBytes(contentType);
        if (body.Length > maximum) return Refused(new Refusal(RefusalCodes.EventTooLarge, $"the message has {body.Length} bytes, the limit is {maximum}"));

        var events = new List<CloudEvent>();
        var refusal = essence switch
        {
            Structured => ReadDocument(body, isBatch: false, events),
            Batch => ReadDocument(body, isBatch: true, events),
            not null when essence.StartsWith("application/cloudevents", StringComparison.Ordinal) =>
                new Refusal(RefusalCodes.EventUnsupported, "the event is in a format that is not read here"),
            _ => ReadBinary(contentType, headers, body, events),
        };
        return refusal is null ? new IntakeResult<IReadOnlyList<CloudEvent>>.Read(events) : Refused(refusal);
    }

    private static Refusal? ReadBinary(string? contentType, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, List<CloudEvent> events)
    {
        var attributes = new Attributes();
        var any = false;
        foreach (var (name, value) in headers)
        {
            if (!name.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            any = true;
            var attribute = name[HeaderPrefix.Length..].ToLowerInvariant();
            if (attribute == "datacontenttype") return new Refusal(RefusalCodes.AttributeInvalid, "the header 'ce-datacontenttype' may not be there: the header Content-Type says it");
            if (HeaderValue.TryDecode(value) is not { } decoded)
                return new Refusal(RefusalCodes.AttributeInvalid, "the value of a header 'ce-…' cannot be decoded: percent-encode what is not printable ASCII, and a percent sign itself");
            if (attributes.Set(attribute, decoded) is { } invalid) return invalid;
        }

        if (!any) return new Refusal(RefusalCodes.EventMalformed, $"the message carries no event: it has no header 'ce-…', and its content type is neither {Structured} nor {Batch}");
        if (!string.IsNullOrEmpty(contentType) && attributes.Set("datacontenttype", contentType) is { } wrong) return wrong;
        if (attributes.TryMake(body.Length == 0 ? (ReadOnlyMemory<byte>?)null : body, out var made) is { } refusal) return refusal;
        if (made!.HasJson && JsonProblem(body) is { } malformed) return malformed;
        events.Add(made);
        return null;
    }

    private static Refusal? ReadDocument(ReadOnlyMemory<byte> body, bool isBatch, List<CloudEvent> events)
    {
        if (JsonReport.TryParse(ReportFormats.WithoutBom(body), out var document, isBatch ? "batch" : "event") is { } refusal) return refusal with { Code = RefusalCodes.EventMalformed };
        using (document)
        {
            var root = document!.RootElement;
            if (!isBatch) return ReadEvent(root, events);
            if (root.ValueKind != JsonValueKind.Array) return new Refusal(RefusalCodes.EventMalformed, "a batch is a JSON array of events");
            if (root.GetArrayLength() > CloudEventLimits.MaxBatchEvents) return new Refusal(RefusalCodes.EventTooLarge, $"the batch holds more than {CloudEventLimits.MaxBatchEvents} events");
            var index = 0;
            foreach (var item in root.EnumerateArray())
            {
                if (ReadEvent(item, events) is { } wrong) return wrong with { Message = $"event {index.ToString(CultureInfo.InvariantCulture)} of the batch: {wrong.Message}" };
                index++;
            }

            return null;
        }
    }

    private static Refusal? ReadEvent(JsonElement json, List<CloudEvent> events)
    {
        if (json.ValueKind != JsonValueKind.Object) return new Refusal(RefusalCodes.EventMalformed, "an event is a JSON object");
        var attributes = new Attributes();
        JsonElement? data = null, base64 = null;
        foreach (var member in json.EnumerateObject())
        {
            if (member.NameEquals("data")) data = member.Value;
            else if (member.NameEquals("data_base64")) base64 = member.Value;
            else if (member.Value.ValueKind == JsonValueKind.Null) continue; // "JSON Event Format", section 2.2: the same as absent
            else if (ValueOf(member.Value) is not { } value) return new Refusal(RefusalCodes.AttributeInvalid, "an attribute is neither a string, a 32-bit integer, true nor false");
            else if (attributes.Set(member.Name, value) is { } invalid) return invalid;
        }

        if (TryData(json, data, base64, out var bytes) is { } wrong) return wrong;
        if (attributes.TryMake(bytes, out var made) is { } refusal) return refusal;
        events.Add(made!);
        return null;
    }

    private static string? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number when value.TryGetInt32(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    // "JSON Event Format", section 3.1: data that is no JSON is carried as a string, bytes in data_base64; never both.
    private static Refusal? TryData(JsonElement json, JsonElement? data, JsonElement? base64, out ReadOnlyMemory<byte>? bytes)
    {
        bytes = null;
        if (data is not null && base64 is not null) return new Refusal(RefusalCodes.EventMalformed, "the event has both 'data' and 'data_base64'");
        if (base64 is { } encoded)
        {
            if (encoded.ValueKind == JsonValueKind.Null) return null;
            if (encoded.ValueKind != JsonValueKind.String || !Base64.IsValid(encoded.GetString()) || encoded.GetString()!.Any(char.IsWhiteSpace))
                return new Refusal(RefusalCodes.EventMalformed, "'data_base64' is not base64");
            bytes = encoded.GetBytesFromBase64();
            return IsJson(json) ? JsonProblem(bytes.Value) : null;
        }

        if (data is not { } value || value.ValueKind == JsonValueKind.Null) return null;
        if (!IsJson(json) && value.ValueKind == JsonValueKind.String) bytes = Encoding.UTF8.GetBytes(value.GetString()!);
        else if (IsJson(json)) bytes = Encoding.UTF8.GetBytes(value.GetRawText());
        else return new Refusal(RefusalCodes.EventMalformed, "'data' is JSON, and 'datacontenttype' says that it is not");
        return null;
    }

    private static Refusal? JsonProblem(ReadOnlyMemory<byte> data)
    {
        var malformed = JsonReport.TryParse(ReportFormats.WithoutBom(data), out var document, "event's data");
        document?.Dispose();
        return malformed is null ? null : malformed with { Code = RefusalCodes.EventMalformed };
    }

    private static bool IsJson(JsonElement json) =>
        !json.TryGetProperty("datacontenttype", out var type) || type.ValueKind != JsonValueKind.String || MediaTypes.IsJson(type.GetString()!);

    private static IntakeResult<IReadOnlyList<CloudEvent>>.Refused Refused(Refusal refusal) => new(refusal.Code, refusal.Message, refusal.Code switch
    {
        RefusalCodes.EventTooLarge => "send less: an event carries what happened, a report goes where reports go",
        RefusalCodes.EventUnsupported => $"send CloudEvents 1.0 with binary headers, as {Structured} or as {Batch}",
        _ => "see CloudEvents 1.0, 'HTTP Protocol Binding' and 'JSON Event Format'",
    });
}
