using System.Text.Json;
using Ledger.Intake.Redaction;

namespace Ledger.Intake.Documents;

/// <summary>
/// A JSON or YAML document that secrets and personal data were taken out of, and the bytes to keep of it. What is read is what is kept.
/// </summary>
internal sealed class RedactedDocument : IDisposable
{
    private readonly JsonDocument _document;

    private RedactedDocument(JsonDocument document, ReadOnlyMemory<byte> bytes, string mediaType, int redactions) =>
        (_document, Bytes, MediaType, Redactions) = (document, bytes, mediaType, redactions);

    public JsonElement Root => _document.RootElement;

    /// <summary>What to keep: the very bytes that came where nothing was replaced, the equivalent JSON otherwise.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public string MediaType { get; }

    public int Redactions { get; }

    /// <summary>Opens JSON or YAML of at most <paramref name="maxBytes"/>.</summary>
    /// <returns>Null, with the document to be disposed of; or why it cannot be read.</returns>
    public static Refusal? TryOpen(ReadOnlyMemory<byte> bytes, int maxBytes, out RedactedDocument? document)
    {
        document = null;
        if (bytes.Length > maxBytes) return new Refusal(RefusalCodes.TooLarge, $"the document has {bytes.Length} bytes, the limit is {maxBytes}");
        var text = ReportFormats.WithoutBom(bytes);
        switch (ReportFormats.Detect(bytes.Span))
        {
            case ReportFormat.Empty:
                return new Refusal(RefusalCodes.Empty, "the document is empty");
            case ReportFormat.Xml:
                return new Refusal(RefusalCodes.Malformed, "the document is XML, where JSON or YAML is read");
            case ReportFormat.Json:
                return Open(bytes, text, isYaml: false, out document);
            default:
                return YamlReport.TryConvert(text.Span, out var json) ?? Open(bytes, json, isYaml: true, out document);
        }
    }

    public void Dispose() => _document.Dispose();

    private static Refusal? Open(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> json, bool isYaml, out RedactedDocument? document)
    {
        document = null;
        if (JsonReport.TryParse(json, out var original, "document") is { } refusal) return refusal;
        original!.Dispose();
        var (redacted, redactions) = JsonRedaction.Redact(json, RedactionRules.None);
        if (isYaml) redactions += YamlReport.SensitiveComments(ReportFormats.WithoutBom(bytes).Span);
        if (JsonReport.TryParse(redacted, out var parsed, "document") is { } collision) return collision;
        document = redactions == 0
            ? new RedactedDocument(parsed!, bytes, isYaml ? "application/yaml" : "application/json", 0)
            : new RedactedDocument(parsed!, redacted, "application/json", redactions);
        return null;
    }
}
