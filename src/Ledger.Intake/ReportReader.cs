using Ledger.Domain.Measurements;
using Ledger.Intake.Documents;
using Ledger.Intake.Readers;
using Ledger.Intake.Redaction;

namespace Ledger.Intake;

/// <summary>
/// Reads a tool's report. It never guesses: what is not stated is not measured, what is not understood is refused, and a report that proves
/// nothing says so. Thread-safe; the same bytes always read the same.
/// </summary>
public static class ReportReader
{
    /// <summary>Reads <paramref name="report"/>.</summary>
    /// <param name="report">The report as the tool wrote it: JSON, YAML or XML.</param>
    /// <param name="tool">The tool, as in <see cref="MetricCatalog.Tools"/>; null to recognise it by the report's structure.</param>
    /// <returns><see cref="ReadResult.Read"/>, or <see cref="ReadResult.Refused"/> with one of <see cref="RefusalCodes"/>.</returns>
    public static ReadResult Read(ReadOnlyMemory<byte> report, string? tool = null)
    {
        if (report.Length > ReportLimits.MaxBytes)
            return Refused(RefusalCodes.TooLarge, $"the report has {report.Length} bytes, the limit is {ReportLimits.MaxBytes}", "have the tool report only what the policy asks for");
        ToolReader? reader = null;
        if (tool is not null && (reader = ToolRecogniser.Find(tool)) is null)
            return Refused(RefusalCodes.ToolUnknown, "no tool of that name can be read", KnownTools());

        return ReportFormats.Detect(report.Span) switch
        {
            ReportFormat.Empty => Refused(RefusalCodes.Empty, "the report is empty", "check that the tool ran and wrote its report to this file"),
            ReportFormat.Xml => ReadXml(report, reader),
            ReportFormat.Json => ReadJson(report, reader),
            _ => ReadText(report, reader),
        };
    }

    private static ReadResult ReadXml(ReadOnlyMemory<byte> report, ToolReader? named)
    {
        if (XmlReport.TryCheck(report, out var root) is { } refusal) return Refused(refusal);
        var recognised = ToolRecogniser.XmlReaders.FirstOrDefault(reader => reader.Recognises(root!));
        if (named is not null && named != recognised) return Mismatch(named, recognised);
        if (recognised is null) return Unrecognised();

        var (redacted, redactions) = XmlRedaction.Redact(report);
        var findings = new Findings(recognised.Tool);
        using var xml = XmlReport.Open(redacted);
        xml.MoveToContent();
        recognised.Read(xml, findings);
        return Result(findings, redacted, redactions, "application/xml");
    }

    private static ReadResult ReadJson(ReadOnlyMemory<byte> report, ToolReader? named) =>
        ReadDocument(report, ReportFormats.WithoutBom(report), isYaml: false, named);

    private static ReadResult ReadText(ReadOnlyMemory<byte> report, ToolReader? named)
    {
        if (named is not null and not DocumentReader { AcceptsYaml: true })
            return Refused(RefusalCodes.Malformed, $"the report is not {(named is XmlToolReader ? "XML" : "JSON")}, which {named.Tool} writes", "check that this file is the report, not what the tool printed");
        if (YamlReport.TryConvert(ReportFormats.WithoutBom(report).Span, out var json) is { } refusal) return Refused(refusal);
        return ReadDocument(report, json, isYaml: true, named);
    }

    private static ReadResult ReadDocument(ReadOnlyMemory<byte> report, ReadOnlyMemory<byte> json, bool isYaml, ToolReader? named)
    {
        if (JsonReport.TryParse(json, out var document) is { } refusal) return Refused(refusal);
        DocumentReader? reader;
        ReadOnlyMemory<byte> redacted;
        int redactions;
        using (document)
        {
            var root = document!.RootElement;
            if (Choose(new Node(root, new Findings(string.Empty)), isYaml, named, out reader) is { } refused) return refused;
            (redacted, redactions) = JsonRedaction.Redact(json, reader!.RulesFor(root));
        }

        if (isYaml) redactions += YamlReport.SensitiveComments(ReportFormats.WithoutBom(report).Span);

        // Read what will be stored, so that the stored bytes read to the very same measurements.
        if (JsonReport.TryParse(redacted, out document) is { } collision) return Refused(collision);
        using (document)
        {
            var findings = new Findings(reader.Tool);
            reader.Read(new Node(document!.RootElement, findings), findings);
            return redactions == 0
                ? Result(findings, report, redactions, isYaml ? "application/yaml" : reader.MediaType)
                : Result(findings, redacted, redactions, reader.MediaType);
        }
    }

    private static ReadResult.Refused? Choose(Node root, bool isYaml, ToolReader? named, out DocumentReader? reader)
    {
        reader = null;
        var (recognising, possible) = ToolRecogniser.Candidates(root, isYaml);
        if (named is not null)
        {
            reader = recognising.Concat(possible).FirstOrDefault(candidate => candidate == named);
            return reader is null ? Mismatch(named, recognising.Count == 1 ? recognising[0] : null) : null;
        }

        if (recognising.Count == 1)
        {
            reader = recognising[0];
            return null;
        }

        var candidates = recognising.Count > 0 ? recognising : possible;
        if (candidates.Count == 0) return Unrecognised();
        var tools = string.Join(", ", candidates.Select(candidate => candidate.Tool).Order(StringComparer.Ordinal));
        return Refused(RefusalCodes.Ambiguous, $"the report could be of any of: {tools}", "name the tool");
    }

    private static ReadResult Result(Findings findings, ReadOnlyMemory<byte> bytes, int redactions, string mediaType)
    {
        if (findings.Refusal is { } refusal) return Refused(refusal);
        var because = findings.NotEvaluatedBecause ?? (findings.Measurements.Count == 0 ? "the report measures nothing" : null);
        return new ReadResult.Read(new Reading(findings.Tool, because is null, because, findings.Measurements, findings.Subjects, redactions, bytes, mediaType));
    }

    private static ReadResult.Refused Mismatch(ToolReader named, ToolReader? recognised) => Refused(
        RefusalCodes.ToolMismatch,
        recognised is null ? $"the report is not of a shape that {named.Tool} writes" : $"the report is of {recognised.Tool}, not of {named.Tool}",
        "name the tool that wrote the report, or none to have it recognised");

    private static ReadResult.Refused Unrecognised() => Refused(RefusalCodes.ToolUnrecognised, "the report is of no tool that can be read", KnownTools());

    private static string KnownTools() => $"tools that can be read: {string.Join(", ", MetricCatalog.Tools)}; any other number can be reported as a '{MetricCatalog.PlainDocument}' document";

    private static ReadResult.Refused Refused(Refusal refusal) => Refused(refusal.Code, refusal.Message, HintFor(refusal.Code));

    private static ReadResult.Refused Refused(string code, string message, string hint) => new(code, message, hint);

    private static string HintFor(string code) => code switch
    {
        RefusalCodes.Malformed => "check that the report is complete and was not edited",
        RefusalCodes.DuplicateKey => "state every member once",
        RefusalCodes.TooDeep => "check that this file is the report",
        RefusalCodes.HasDtd => "write the report without an internal DTD",
        RefusalCodes.HasAliases => "write the report as JSON, or as plain YAML",
        RefusalCodes.TooManyMeasurements => "have the tool report fewer metrics, e.g. without sub-metrics that no policy asks for",
        _ => "check that the report is of this tool, in a version that can be read",
    };
}
