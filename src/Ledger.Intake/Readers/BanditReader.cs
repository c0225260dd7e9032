using Ledger.Intake.Documents;

namespace Ledger.Intake.Readers;

/// <summary>
/// bandit's JSON (https://bandit.readthedocs.io, "Report formatters"). <c>results</c> may be filtered by severity, confidence or a baseline;
/// <c>metrics._totals</c> is not, so the greater of the two counts. A file that could not be scanned, or no line of code at all, leaves the
/// question open.
/// </summary>
internal sealed class BanditReader : DocumentReader
{
    public override string Tool => "bandit";

    public override bool Recognises(Node root) => root["metrics"].Has("_totals") && root["results"].IsArray;

    public override void Read(Node root, Findings findings)
    {
        var severities = new Severities("high", "medium", "low", "undefined");
        var confidences = new Severities("high", "medium", "low", "undefined");
        foreach (var issue in root.Objects("results"))
        {
            if (!severities.TryAdd(issue.Text("issue_severity") ?? "undefined")) findings.WrongShape("issue_severity", "a severity of bandit's");
            if (!confidences.TryAdd(issue.Text("issue_confidence") ?? "undefined")) findings.WrongShape("issue_confidence", "a confidence of bandit's");
        }

        var totals = root.Object("metrics").Object("_totals");
        foreach (var level in new[] { "high", "medium", "low", "undefined" })
        {
            severities[level] = Math.Max(severities[level], totals.Count($"SEVERITY.{level.ToUpperInvariant()}") ?? 0);
            confidences[level] = Math.Max(confidences[level], totals.Count($"CONFIDENCE.{level.ToUpperInvariant()}") ?? 0);
        }

        var errors = root.ArrayLength("errors");
        var lines = totals.Count("loc");
        if (errors > 0) findings.ProvesNothing("bandit could not scan every file");
        if (lines is null or 0) findings.ProvesNothing("bandit scanned no line of code");

        var complete = findings.NotEvaluatedBecause is null;
        severities.Report(findings, "issues", complete);
        confidences.Report(findings, "confidence", complete, withTotal: false);
        findings.Count("errors", errors);
        if (lines is { } count) findings.Count("lines", count);
    }
}
