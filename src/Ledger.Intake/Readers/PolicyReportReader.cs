using System.Text.Json;
using Ledger.Intake.Documents;

namespace Ledger.Intake.Readers;

/// <summary>
/// Policy reports of the Kubernetes policy working group (<c>wgpolicyk8s.io</c>) and of OpenReports (<c>openreports.io</c>), as Kyverno and
/// others write them: one, a <c>List</c>, or several YAML documents.
/// </summary>
/// <remarks>
/// A report may list failures only, so what it does not list it must sum up: one with neither results nor a summary proves nothing. Where
/// results and summary disagree, the worse count is taken. A rule that ended in an error was not evaluated.
/// </remarks>
internal sealed class PolicyReportReader : DocumentReader
{
    private static readonly string[] Results = ["pass", "fail", "warn", "error", "skip"];

    public override string Tool => "policy-report";

    public override bool AcceptsYaml => true;

    public override bool Recognises(Node root) => IsReport(root) || ItemsOf(root) is { Count: > 0 } items && items.All(IsReport) || IsEmptyReportList(root);

    public override void Read(Node root, Findings findings)
    {
        var total = new Severities(Results);
        var failures = new Severities("critical", "high", "medium", "low", "info");
        long failuresBySeverity = 0;
        foreach (var report in IsReport(root) ? [root] : ItemsOf(root) ?? [])
        {
            var listed = new Severities(Results);
            foreach (var result in report.Objects("results"))
            {
                var outcome = result.Text("result") ?? result.Text("status") ?? string.Empty;
                if (!Results.Contains(outcome, StringComparer.Ordinal)) findings.WrongShape("result", "one of pass, fail, warn, error and skip");
                else listed.TryAdd(outcome);
                if (outcome == "fail" && failures.TryAdd(result.Text("severity") ?? string.Empty)) failuresBySeverity++;
            }

            Add(total, listed, report, findings);
        }

        Report(total, failures, findings, severitiesKnown: failuresBySeverity == total["fail"]);
    }

    private static void Add(Severities total, Severities listed, Node report, Findings findings)
    {
        var summary = report.Object("summary");
        if (listed.Total == 0 && summary.IsAbsent) findings.ProvesNothing("a policy report has neither results nor a summary");
        foreach (var result in Results)
        {
            var summed = summary.Count(result);
            total[result] += result == "pass" ? summed ?? listed[result] : Math.Max(summed ?? 0, listed[result]);
        }
    }

    private static void Report(Severities total, Severities failures, Findings findings, bool severitiesKnown)
    {
        if (total["error"] > 0) findings.ProvesNothing($"{total["error"]} policy rules ended in an error");
        if (total["pass"] + total["fail"] + total["warn"] + total["error"] == 0) findings.ProvesNothing("no policy rule was applied");

        var complete = findings.NotEvaluatedBecause is null;
        if (complete)
        {
            total.Report(findings, "results");
        }
        else
        {
            foreach (var result in new[] { "fail", "warn", "error", "skip" }) findings.AtLeast($"results.{result}", total[result]);
        }

        failures.Report(findings, "fail", complete && severitiesKnown, withTotal: false);
    }

    private static bool IsReport(Node node) => Text(node, "apiVersion") is { } version && Text(node, "kind") is { } kind
        && ((version.StartsWith("wgpolicyk8s.io/", StringComparison.Ordinal) && kind is "PolicyReport" or "ClusterPolicyReport")
            || (version.StartsWith("openreports.io/", StringComparison.Ordinal) && kind is "Report" or "ClusterReport"));

    // kubectl answers an empty kind-less List when there is no report at all; one that names the kind is ours.
    private static bool IsEmptyReportList(Node node) => Text(node, "kind") is "PolicyReportList" or "ClusterPolicyReportList" or "ReportList" or "ClusterReportList";

    private static List<Node>? ItemsOf(Node node) => node.IsArray ? [.. node.Items()]
        : Text(node, "kind")?.EndsWith("List", StringComparison.Ordinal) == true && node["items"].IsArray ? [.. node["items"].Items()] : null;

    private static string? Text(Node node, string name) => node[name].Element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
