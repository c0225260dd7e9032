using System.Text.Json;
using Ledger.Intake.CloudEvents;
using Ledger.Intake.Documents;
using Ledger.Intake.Readers;
using Ledger.Intake.Redaction;

namespace Ledger.Intake.CdEvents;

/// <summary>
/// Reads the CDEvent that a CloudEvent carries (https://cdevents.dev, "CloudEvents Binding"): its context must say what the CloudEvent's
/// attributes say, so that nobody can be told two things. Thread-safe.
/// </summary>
public static class CdEventReader
{
    private const string Called = "CDEvents 0.5";

    /// <summary>Reads the data of <paramref name="carrier"/>, whose type is one of CDEvents.</summary>
    public static IntakeResult<CdEvent> Read(CloudEvent carrier)
    {
        ArgumentNullException.ThrowIfNull(carrier);
        if (!carrier.HasJson) return Invalid("the CloudEvent carries no JSON, which every CDEvent is");
        var data = ReportFormats.WithoutBom(carrier.Data!.Value);
        if (JsonReport.TryParse(data, out var original, "event") is { } refusal) return Invalid(refusal.Message);
        using (original)
        {
            if (ContextProblem(original!.RootElement, carrier) is { } problem) return Invalid(problem);
        }

        var (redacted, redactions) = JsonRedaction.Redact(data, RedactionRules.None);
        if (JsonReport.TryParse(redacted, out var document, "event") is { } collision) return Invalid(collision.Message);
        using (document)
        {
            var findings = new Findings(Called);
            var root = new Node(document!.RootElement, findings);
            var (name, because) = CdEventTypes.Find(carrier.Type);
            var subject = root.Object("subject");
            var content = name is null ? new CdContent.Unmapped(because!) : CdContents.Read(name, subject, subject.Object("content"), findings);
            var subjectId = subject.Text("id") ?? string.Empty;
            if (subjectId.Length == 0) findings.Refuse(RefusalCodes.CdEventInvalid, "'subject.id' is missing");
            if (findings.Refusal is { } wrong) return Invalid(wrong.Message);

            var context = root.Object("context");
            var time = Rfc3339.TryParse(context.Text("timestamp"), out var stated) ? stated : throw new System.Diagnostics.UnreachableException();
            return new IntakeResult<CdEvent>.Read(new CdEvent(carrier.Id, carrier.Source, carrier.Type, time, context.Text("chainId"), subjectId, content!, redactions));
        }
    }

    /// <summary>The CloudEvent that carries a CDEvent which came as a file, by itself.</summary>
    public static IntakeResult<CloudEvent> Wrap(ReadOnlyMemory<byte> json)
    {
        if (json.Length > CloudEventLimits.MaxEventBytes) return new IntakeResult<CloudEvent>.Refused(RefusalCodes.EventTooLarge, $"the event has {json.Length} bytes, the limit is {CloudEventLimits.MaxEventBytes}", "send less");
        var data = ReportFormats.WithoutBom(json);
        if (JsonReport.TryParse(data, out var document, "event") is { } refusal) return Unwrappable(refusal.Message);
        using (document)
        {
            var findings = new Findings(Called);
            var root = new Node(document!.RootElement, findings);
            var context = root.Object("context");
            var attributes = new Attributes();
            Refusal? wrong = attributes.Set("specversion", "1.0") ?? attributes.Set("datacontenttype", "application/json");
            foreach (var (attribute, value) in ((string, string?)[])[("id", context.Text("id")), ("source", context.Text("source")), ("type", context.Text("type")), ("time", context.Text("timestamp")), ("subject", root.Object("subject").Text("id"))])
                if (value is not null) wrong ??= attributes.Set(attribute, value);
            CloudEvent? made = null;
            wrong = findings.Refusal ?? wrong ?? attributes.TryMake(data, out made);
            return wrong is null ? new IntakeResult<CloudEvent>.Read(made!) : Unwrappable(wrong.Message);
        }
    }

    private static string? ContextProblem(JsonElement root, CloudEvent carrier)
    {
        var findings = new Findings(Called);
        var context = new Node(root, findings).Object("context");
        if (context.IsAbsent) return "'context' is missing";
        foreach (var required in (ReadOnlySpan<string>)["specversion", "id", "source", "type", "timestamp"])
        {
            if (string.IsNullOrEmpty(context.Text(required))) return $"'context.{required}' is missing";
        }

        if (findings.Refusal is not null) return findings.Refusal.Message;
        if (context.Text("id") != carrier.Id) return "'context.id' is not the CloudEvent's id";
        if (context.Text("source") != carrier.Source) return "'context.source' is not the CloudEvent's source";
        if (context.Text("type") != carrier.Type) return "'context.type' is not the CloudEvent's type";
        if (!Rfc3339.TryParse(context.Text("timestamp"), out var time)) return "'context.timestamp' is not a time as RFC 3339 writes it";
        if (carrier.Time is { } stated && stated != time) return "'context.timestamp' is not the CloudEvent's time";
        return null;
    }

    private static IntakeResult<CdEvent>.Refused Invalid(string message) => new(RefusalCodes.CdEventInvalid, message, "see https://cdevents.dev, 'Common Metadata' and 'CloudEvents Binding'");

    private static IntakeResult<CloudEvent>.Refused Unwrappable(string message) => new(RefusalCodes.CdEventInvalid, message, "the file must hold one CDEvent, or one CloudEvent as JSON");
}
