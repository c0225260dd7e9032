using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Intake;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Ledger.Server.Telemetry;

/// <summary>
/// Writes log events as lines of JSON, every text in them redacted: message, properties and exceptions alike. It is the last thing before
/// the output, so nothing gets around it. Thread-safe.
/// </summary>
internal sealed class RedactedLines : ITextFormatter
{
    // ASP.NET Core's own scope: the address would bring along whatever callers put into it, the rest says less than the correlation id.
    private static readonly HashSet<string> Left = new(StringComparer.Ordinal) { "EventId", "RequestPath", "RequestId", "ConnectionId" };

    private static readonly MessageTemplateTextFormatter Message = new("{Message:lj}", CultureInfo.InvariantCulture);
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options)) Write(writer, logEvent);
        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter writer, LogEvent logEvent)
    {
        writer.WriteStartObject();
        writer.WriteString("at", logEvent.Timestamp.UtcDateTime);
        writer.WriteString("level", logEvent.Level.ToString());
        writer.WriteString("message", Redact(Render(logEvent)));
        foreach (var (name, value) in logEvent.Properties)
        {
            if (Left.Contains(name)) continue;
            writer.WritePropertyName(JsonNamingPolicy.CamelCase.ConvertName(name));
            Write(writer, value);
        }

        if (logEvent.Exception is { } exception) writer.WriteString("exception", Redact(exception.ToString()));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, LogEventPropertyValue value)
    {
        switch (value)
        {
            case ScalarValue { Value: null }: writer.WriteNullValue(); break;
            case ScalarValue { Value: bool flag }: writer.WriteBooleanValue(flag); break;
            case ScalarValue { Value: int number }: writer.WriteNumberValue(number); break;
            case ScalarValue { Value: long number }: writer.WriteNumberValue(number); break;
            case ScalarValue { Value: double number } when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case ScalarValue { Value: string text }: writer.WriteStringValue(Redact(text)); break;
            default: writer.WriteStringValue(Redact(value.ToString("l", CultureInfo.InvariantCulture))); break;
        }
    }

    private static string Render(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Message.Format(logEvent, text);
        return text.ToString();
    }

    private static string Redact(string text) => Redactor.Redact(text).Text;
}
