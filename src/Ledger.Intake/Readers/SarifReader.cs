using System.Text.Json;
using Ledger.Intake.Documents;
using Ledger.Intake.Redaction;

namespace Ledger.Intake.Readers;

/// <summary>SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0). Counts the results that stand, by level.</summary>
/// <remarks>
/// A run without <c>results</c> did not look (section 3.14.23), nor did one whose invocation failed or that had an error while analysing; a
/// result of kind <c>open</c> or <c>review</c> is undecided (section 3.27.9). A suppressed result (section 3.27.23) and one that is gone since the
/// baseline (section 3.27.24) do not count.
/// </remarks>
internal sealed class SarifReader : DocumentReader
{
    private static readonly string[] SecretScanners = ["gitleaks", "trufflehog", "detect-secrets", "ggshield", "noseyparker"];

    public override string Tool => "sarif";

    public override string MediaType => "application/sarif+json";

    public override bool Recognises(Node root) => root["runs"].IsArray && root.Has("version");

    public override RedactionRules RulesFor(JsonElement root) => IsOfSecretScanner(root)
        ? new RedactionRules(static path => path.Length > 1 && path[^2] is "snippet" && path[^1] is "text" or "rendered")
        : RedactionRules.None;

    public override void Read(Node root, Findings findings)
    {
        if (root.Text("version") is not "2.1.0")
        {
            findings.Refuse(RefusalCodes.ToolMismatch, "the report is of a SARIF version other than 2.1.0");
            return;
        }

        var levels = new Severities("error", "warning", "note", "none");
        long suppressed = 0;
        var runs = 0;
        foreach (var run in root.Objects("runs"))
        {
            runs++;
            CheckCompleteness(run, findings);
            foreach (var provenance in run.Objects("versionControlProvenance")) findings.Commit(provenance.Text("revisionId"));
            var rules = new SarifRules(run);
            foreach (var result in run.Objects("results"))
            {
                if (result.Text("baselineState") == "absent") continue;
                if (IsSuppressed(result)) suppressed++;
                else if (!levels.TryAdd(rules.LevelOf(result))) findings.WrongShape("level", "a level of SARIF's");
                if (result.Text("kind") is "open" or "review") findings.ProvesNothing("the tool left results undecided");
            }
        }

        if (runs == 0) findings.ProvesNothing("the SARIF log has no run");
        var complete = findings.NotEvaluatedBecause is null;
        levels.Report(findings, "results", complete);
        if (complete) findings.Count("results.suppressed", suppressed);
        else findings.AtLeast("results.suppressed", suppressed);
    }

    private static void CheckCompleteness(Node run, Findings findings)
    {
        if (run["results"].IsAbsent) findings.ProvesNothing("a run has no list of results");
        if (run.Object("externalPropertyFileReferences").Has("results")) findings.ProvesNothing("results of a run are in a file of their own");
        foreach (var invocation in run.Objects("invocations"))
        {
            if (invocation.Boolean("executionSuccessful") == false) findings.ProvesNothing("the tool did not run to its end");
            if (invocation.Objects("toolExecutionNotifications").Any(notification => notification.Text("level") == "error")) findings.ProvesNothing("the tool had an error while it ran");
        }
    }

    private static bool IsSuppressed(Node result)
    {
        var suppressions = result.Objects("suppressions").ToList();
        return suppressions.Count > 0 && suppressions.All(suppression => suppression.Text("status") is null or "accepted");
    }

    private static bool IsOfSecretScanner(JsonElement root) => new Node(root, new Findings("sarif"))["runs"].Items()
        .Select(run => run["tool"]["driver"]["name"].Element)
        .Any(name => name.ValueKind == JsonValueKind.String && SecretScanners.Any(scanner => name.GetString()!.Contains(scanner, StringComparison.OrdinalIgnoreCase)));
}
