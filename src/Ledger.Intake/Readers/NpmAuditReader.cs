using Ledger.Intake.Documents;

namespace Ledger.Intake.Readers;

/// <summary>
/// <c>npm audit --json</c>: report version 2 (npm 7 and later) and the <c>advisories</c> shape before it. When the registry could not be asked, npm
/// prints an <c>error</c> object and no finding. Where the listing has more than the summary says, the listing counts.
/// </summary>
internal sealed class NpmAuditReader : DocumentReader
{
    private static readonly string[] Levels = ["critical", "high", "moderate", "low", "info"];

    public override string Tool => "npm-audit";

    public override bool Recognises(Node root) => root.Has("auditReportVersion")
        || (root["advisories"].IsObject && root["metadata"].IsObject)
        || (root["error"] is { IsObject: true } error && error.Has("code") && error.Has("summary"));

    public override void Read(Node root, Findings findings)
    {
        if (root.Has("error"))
        {
            findings.ProvesNothing("npm audit ended in an error");
            return;
        }

        if (root.Has("auditReportVersion") && root.Number("auditReportVersion") is not 2)
        {
            findings.Refuse(RefusalCodes.ToolMismatch, "the report is of an npm audit version other than 2");
            return;
        }

        var severities = Listed(root.Object("vulnerabilities"), root.Object("advisories"), findings);
        var summary = root.Object("metadata").Object("vulnerabilities");
        foreach (var level in Levels) severities[level] = Math.Max(severities[level], summary.Count(level) ?? 0);
        if (summary.IsAbsent) findings.ProvesNothing("the report has no summary of what was audited");
        if (Audited(root.Object("metadata")) is 0) findings.ProvesNothing("there was no dependency to audit");
        severities.Report(findings, "vulnerabilities", complete: findings.NotEvaluatedBecause is null);
    }

    private static Severities Listed(Node vulnerabilities, Node advisories, Findings findings)
    {
        var severities = new Severities(Levels);
        foreach (var (_, vulnerability) in vulnerabilities.Members().Concat(advisories.Members()))
        {
            if (!severities.TryAdd(vulnerability.Text("severity") ?? string.Empty)) findings.WrongShape("severity", "a severity of npm's");
        }

        return severities;
    }

    // Version 2 counts dependencies by kind, the root not among the total; the older shape has one number each.
    private static long? Audited(Node metadata) => metadata["dependencies"].IsObject
        ? metadata.Object("dependencies").Count("total")
        : metadata.Count("totalDependencies") ?? metadata.Count("dependencies");
}
