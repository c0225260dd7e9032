using System.Text.Json;
using Ledger.Intake.Documents;

namespace Ledger.Intake.Readers;

/// <summary>
/// An Argo CD <c>Application</c> as <c>argocd app get</c> or <c>kubectl get application</c> prints it (https://argo-cd.readthedocs.io, "Application
/// specification"). What is <c>Unknown</c> is not measured. The revisions it was compared with are the report's commits; whether they are the
/// release's is for the caller to check.
/// </summary>
internal sealed class ArgoCdReader : DocumentReader
{
    public override string Tool => "argocd";

    public override bool AcceptsYaml => true;

    // The command-line tool leaves out kind and apiVersion in some versions.
    public override bool Recognises(Node root) => root.IsObject && (root.Has("kind")
        ? Is(root, "kind", "Application") && root["apiVersion"].Element is { ValueKind: JsonValueKind.String } version && version.GetString()!.StartsWith("argoproj.io/", StringComparison.Ordinal)
        : root["spec"].Has("destination") && root["status"].Has("sync"));

    public override void Read(Node root, Findings findings)
    {
        var status = root.Object("status");
        ReadSync(status.Object("sync"), findings);
        ReadHealth(status.Object("health"), findings);
        switch (status.Object("operationState").Text("phase"))
        {
            case "Succeeded":
                findings.Truth("operation.succeeded", true);
                break;
            case "Failed" or "Error":
                findings.Truth("operation.succeeded", false);
                break;
        }

        foreach (var condition in status.Objects("conditions"))
        {
            if (condition.Text("type") is "ComparisonError" or "InvalidSpecError" or "UnknownError") findings.ProvesNothing("Argo CD could not compare the application with its source");
        }
    }

    private static void ReadSync(Node sync, Findings findings)
    {
        switch (sync.Text("status"))
        {
            case "Synced":
                findings.Truth("sync.synced", true);
                break;
            case "OutOfSync":
                findings.Truth("sync.synced", false);
                break;
            case null or "" or "Unknown":
                findings.ProvesNothing("Argo CD does not know whether the application is in sync");
                break;
            default:
                findings.WrongShape("status", "a sync status of Argo CD's");
                break;
        }

        Commit(sync.Text("revision"), findings);
        foreach (var revision in sync.Array("revisions"))
        {
            if (revision.Element.ValueKind == JsonValueKind.String) Commit(revision.Element.GetString(), findings);
        }
    }

    private static void ReadHealth(Node health, Findings findings)
    {
        switch (health.Text("status"))
        {
            case "Healthy":
                findings.Truth("health.healthy", true);
                break;
            case "Progressing" or "Degraded" or "Suspended" or "Missing":
                findings.Truth("health.healthy", false);
                break;
            case null or "" or "Unknown":
                findings.ProvesNothing("Argo CD does not know the application's health");
                break;
            default:
                findings.WrongShape("status", "a health status of Argo CD's");
                break;
        }
    }

    // Argo CD resolves Git revisions in full; a chart's version is no commit, even where it looks like an abbreviated one.
    private static void Commit(string? revision, Findings findings)
    {
        if (revision?.Length is 40 or 64) findings.Commit(revision);
    }

    private static bool Is(Node node, string name, string value) => node[name].Element is { ValueKind: JsonValueKind.String } text && text.GetString() == value;
}
