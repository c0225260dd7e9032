using Ledger.Intake.Documents;

namespace Ledger.Intake.Readers;

/// <summary>
/// pip-audit's JSON (https://github.com/pypa/pip-audit, "Output formats"): <c>{dependencies, fixes}</c>, and the bare array of versions before 2.5.
/// A skipped dependency was not audited: it is counted, not taken for clean.
/// </summary>
internal sealed class PipAuditReader : DocumentReader
{
    public override string Tool => "pip-audit";

    public override bool Recognises(Node root) => root.IsObject
        ? root["dependencies"] is { IsArray: true } dependencies && dependencies.Items().All(IsDependency)
        : root.IsArray && root.Element.GetArrayLength() > 0 && root.Items().All(IsDependency);

    public override bool MayHaveWritten(Node root) => root.IsArray && root.Element.GetArrayLength() == 0;

    public override void Read(Node root, Findings findings)
    {
        long audited = 0, skipped = 0, vulnerable = 0, vulnerabilities = 0, fixable = 0;
        foreach (var dependency in root.IsArray ? root.Items() : root.Objects("dependencies"))
        {
            if (dependency.Has("skip_reason"))
            {
                skipped++;
                continue;
            }

            audited++;
            var found = dependency.ArrayLength("vulns");
            vulnerabilities += found;
            if (found > 0) vulnerable++;
            fixable += dependency.Objects("vulns").LongCount(vulnerability => vulnerability.ArrayLength("fix_versions") > 0);
        }

        findings.Count("dependencies.total", audited + skipped);
        findings.Count("dependencies.skipped", skipped);
        if (audited == 0)
        {
            findings.ProvesNothing(skipped == 0 ? "there was no dependency to audit" : "every dependency was skipped");
            return;
        }

        findings.Count("dependencies.vulnerable", vulnerable);
        findings.Count("vulnerabilities.total", vulnerabilities);
        findings.Count("vulnerabilities.fixable", fixable);
    }

    private static bool IsDependency(Node node) => node.Has("name") && (node.Has("skip_reason") || (node.Has("version") && node.Has("vulns")));
}
