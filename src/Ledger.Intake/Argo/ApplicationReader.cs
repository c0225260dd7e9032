using System.Text.Json;
using Ledger.Intake.Documents;

namespace Ledger.Intake.Argo;

/// <summary><c>Application</c> of Argo CD (https://argo-cd.readthedocs.io, "Application specification"), for whether what runs is what was released.</summary>
internal static class ApplicationReader
{
    public static ArgoObject.Application Read(Node application, string name)
    {
        var ignored = new IgnoredFields();
        var status = application.Object("status");
        ignored.Note(
            "status", status, "conditions", "controllerNamespace", "health", "history", "observedAt", "operationState", "reconciledAt", "resourceHealthSource",
            "resources", "sourceHydrator", "sourceType", "sourceTypes", "summary", "sync");
        var sync = status.Object("sync");
        var newest = status.Objects("history").LastOrDefault();
        var operation = status.Object("operationState");
        return new ArgoObject.Application(
            name,
            application.Object("metadata").Text("namespace"),
            sync.Text("status") switch { "Synced" => true, "OutOfSync" => false, _ => null },
            Revisions(sync),
            status.Object("health").Text("status") switch { "Healthy" => true, "Progressing" or "Degraded" or "Suspended" or "Missing" => false, _ => null },
            operation.Text("phase"),
            newest.Text("revision"),
            AnalysisRunReader.Time(newest, "deployedAt"),
            AnalysisRunReader.Time(status, "reconciledAt"),
            Strings(status.Object("summary"), "images"),
            ignored.Names);
    }

    private static List<string> Revisions(Node sync)
    {
        var revisions = Strings(sync, "revisions");
        if (sync.Text("revision") is { Length: > 0 } revision && !revisions.Contains(revision, StringComparer.Ordinal)) revisions.Insert(0, revision);
        return revisions;
    }

    private static List<string> Strings(Node node, string member) =>
        [.. node.Array(member).Where(item => item.Element.ValueKind == JsonValueKind.String).Select(item => item.Element.GetString()!).Take(ReportLimits.MaxSubjects)];
}
