using System.Text;
using System.Text.Json;
using Ledger.Intake.Documents;
using Ledger.Intake.Readers;

namespace Ledger.Intake.CdEvents;

/// <summary>Reads the content of each type that is mapped. What a type must have and lacks refuses the event.</summary>
internal static class CdContents
{
    public static CdContent? Read(string name, Node subject, Node content, Findings findings) => name switch
    {
        "testsuiterun.finished" => TestRun(true, content.Object("testSuite"), content, findings),
        "testcaserun.finished" => TestRun(false, content.Object("testCase"), content, findings),
        "testoutput.published" => new CdContent.TestOutputPublished(Required(content, "outputType", findings), content.Text("format"), content.Text("uri")),
        "taskrun.finished" => new CdContent.RunFinished(false, content.Text("taskName"), content.Text("uri"), Outcome(content, findings), content.Text("errors")),
        "pipelinerun.finished" => new CdContent.RunFinished(true, content.Text("pipelineName"), content.Text("uri"), Outcome(content, findings), content.Text("errors")),
        "artifact.packaged" or "artifact.published" or "artifact.signed" => Artifact(name["artifact.".Length..], subject, content, findings),
        "service.deployed" or "service.upgraded" or "service.rolledback" => Service(name["service.".Length..], content, findings),
        "incident.detected" => Incident(content, findings),
        "ledger-gate.reported" => Gate(content, findings),
        "ledger-canarystep.started" or "ledger-canarystep.completed" =>
            new CdContent.CanaryStepChanged(name == "ledger-canarystep.completed", Required(content, "release", findings), Required(content, "step", findings)),
        "ledger-measurement.taken" => Measurement(content, findings),
        "ledger-rollback.started" => new CdContent.RollbackChanged(false, Required(content, "release", findings), Required(content, "reason", findings)),
        "ledger-rollback.completed" => new CdContent.RollbackChanged(true, Required(content, "release", findings), null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static CdContent.TestRunFinished TestRun(bool isSuite, Node test, Node content, Findings findings) => new(
        isSuite, test.Text("name") ?? test.Text("id"), Outcome(content, findings), content.Text("severity"), content.Text("reason"), content.Object("environment").Text("id"));

    private static CdContent.ArtifactChanged? Artifact(string what, Node subject, Node content, Findings findings)
    {
        var signature = content.Text("signature");
        if (what == "signed" && string.IsNullOrEmpty(signature)) findings.Refuse(RefusalCodes.CdEventInvalid, "'subject.content.signature' is missing");
        return Purl(subject, "id", findings) is { } artifact ? new CdContent.ArtifactChanged(what, artifact, !string.IsNullOrEmpty(signature)) : null;
    }

    private static CdContent.ServiceChanged? Service(string what, Node content, Findings findings)
    {
        var environment = Required(content.Object("environment"), "id", findings);
        return Purl(content, "artifactId", findings) is { } artifact ? new CdContent.ServiceChanged(what, environment, artifact) : null;
    }

    private static CdContent.IncidentDetected Incident(Node content, Findings findings) => new(
        Required(content.Object("environment"), "id", findings),
        content.Text("description"),
        content.Object("service").Text("id"),
        content.Has("artifactId") ? Purl(content, "artifactId", findings) : null);

    private static CdContent.GateReported? Gate(Node content, Findings findings)
    {
        var report = content["report"];
        if (!report.IsObject && !report.IsArray)
        {
            findings.Refuse(RefusalCodes.CdEventInvalid, "'subject.content.report' is not a report in JSON");
            return null;
        }

        return new CdContent.GateReported(Required(content, "release", findings), Required(content, "gate", findings), content.Text("tool"), Encoding.UTF8.GetBytes(report.Element.GetRawText()));
    }

    // One measurement as the plain measurement document writes it: metric names, units and quantities mean the same in both.
    private static CdContent.MeasurementTaken? Measurement(Node content, Findings findings)
    {
        var release = Required(content, "release", findings);
        var one = new Findings("an event");
        using var document = JsonDocument.Parse($$"""{"measurements":[{{(content["measurement"].IsObject ? content["measurement"].Element.GetRawText() : "0")}}]}""");
        new MeasurementsReader().Read(new Node(document.RootElement, one), one);
        if (one.Refusal is { } refusal) findings.Refuse(RefusalCodes.CdEventInvalid, $"'subject.content.measurement': {refusal.Message}");
        return one.Measurements is [var measurement] ? new CdContent.MeasurementTaken(release, measurement) : null;
    }

    private static CdOutcome? Outcome(Node content, Findings findings)
    {
        switch (content.Text("outcome"))
        {
            case null:
                return null;
            case "success":
                return CdOutcome.Success;
            case "failure":
                return CdOutcome.Failure;
            case "cancel":
                return CdOutcome.Cancel;
            case "error":
                return CdOutcome.Error;
            default:
                findings.Refuse(RefusalCodes.CdEventInvalid, "'subject.content.outcome' is none of success, failure, cancel, error");
                return null;
        }
    }

    private static PackageUrl? Purl(Node node, string member, Findings findings)
    {
        if (PackageUrl.TryParse(node.Text(member), out var purl)) return purl;
        findings.Refuse(RefusalCodes.CdEventInvalid, $"'{member}' is not a package URL, e.g. pkg:oci/app@sha256%3A…");
        return null;
    }

    private static string Required(Node node, string member, Findings findings)
    {
        var text = node.Text(member);
        if (string.IsNullOrEmpty(text)) findings.Refuse(RefusalCodes.CdEventInvalid, $"'{member}' is missing from the event's content");
        return text ?? string.Empty;
    }
}
