using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Intake.Documents;
using Ledger.Intake.Redaction;

namespace Ledger.Intake.CloudEvents;

/// <summary>Writes an event as one JSON document ("JSON Event Format"), always the same for the same event, however it was carried.</summary>
public static class CloudEventJson
{
    // What is kept is read by people and stored as it is, never put into a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event as it came: what tells two events with one id apart. May hold personal data: for hashing and sending only.</summary>
    public static ReadOnlyMemory<byte> Write(CloudEvent written)
    {
        ArgumentNullException.ThrowIfNull(written);
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        writer.WriteString("specversion", "1.0");
        writer.WriteString("id", written.Id);
        writer.WriteString("source", written.Source);
        writer.WriteString("type", written.Type);
        if (written.Subject is not null) writer.WriteString("subject", written.Subject);
        if (written.Time is { } time) writer.WriteString("time", time.UtcDateTime);
        if (written.DataContentType is not null) writer.WriteString("datacontenttype", written.DataContentType);
        if (written.DataSchema is not null) writer.WriteString("dataschema", written.DataSchema);
        foreach (var (name, value) in written.Extensions.OrderBy(pair => pair.Key, StringComparer.Ordinal)) writer.WriteString(name, value);
        if (written.HasJson)
        {
            writer.WritePropertyName("data");
            writer.WriteRawValue(ReportFormats.WithoutBom(written.Data!.Value).Span);
        }
        else if (written.Data is { } data)
        {
            writer.WriteBase64String("data_base64", data.Span);
        }

        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    /// <summary>
    /// The event to keep: without secrets and personal data. Data that is not JSON is left out, because nothing can be taken out of it; its
    /// media type says that it was there.
    /// </summary>
    /// <returns>The document and how many pieces were replaced.</returns>
    public static (ReadOnlyMemory<byte> Json, int Redactions) Redact(CloudEvent kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return JsonRedaction.Redact(Write(kept.HasJson ? kept : kept with { Data = null }), RedactionRules.None);
    }
}
