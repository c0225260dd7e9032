using System.Text.Json;
using Ledger.Intake.Documents;
using Ledger.Intake.Redaction;

namespace Ledger.Intake.Readers;

/// <summary>
/// Trivy's JSON (https://trivy.dev, "Reporting", schema version 2; before that a bare array of results).
/// </summary>
/// <remarks>
/// Every key may be absent, so a zero is stated only of what a result shows to have been scanned: its <c>Class</c>, or the list itself.
/// An <c>os-pkgs</c> or <c>lang-pkgs</c> result without a <c>Vulnerabilities</c> key is how Trivy writes "none found". It also writes such results
/// as a mere package list when another scanner was chosen; where licences were scanned and no vulnerability is listed anywhere, that cannot be
/// told apart and vulnerabilities count as not scanned. Secrets are listed only where found, so no report proves that there are none.
/// </remarks>
internal sealed class TrivyReader : DocumentReader
{
    private static readonly string[] Levels = ["critical", "high", "medium", "low", "unknown"];

    public override string Tool => "trivy";

    public override bool Recognises(Node root) =>
        (root.IsObject && root.Has("SchemaVersion") && (root.Has("Results") || root.Has("ArtifactName")))
        || (root.IsArray && root.Element.GetArrayLength() > 0 && root.Items().All(item => item.Has("Target") && (item.Has("Vulnerabilities") || item.Has("Type") || item.Has("Class"))));

    public override bool MayHaveWritten(Node root) => root.IsAbsent || (root.IsArray && root.Element.GetArrayLength() == 0);

    public override RedactionRules RulesFor(JsonElement root) => new(IsSecret);

    public override void Read(Node root, Findings findings)
    {
        var isLegacy = !root.IsObject;
        if (!isLegacy && root.Number("SchemaVersion") is not 2)
        {
            findings.Refuse(RefusalCodes.ToolMismatch, "the report is of a Trivy schema other than version 2");
            return;
        }

        var scan = new Scan(findings);
        foreach (var result in isLegacy ? root.Items() : root.Objects("Results")) scan.Add(result, isLegacy);
        ReadSubject(root, findings);

        // Trivy looks it up while it scans OS packages, and writes EOSL only where it is true.
        var os = root.Object("Metadata").Object("OS");
        var isEndOfLife = os.Boolean("EOSL") ?? false;
        if (!os.IsAbsent && scan.HasOsPackages) findings.Truth("os.end_of_life", isEndOfLife);
        if (isEndOfLife) findings.ProvesNothing("the operating system is past its end of life, so advisories for its packages are no longer complete");
        if (scan.CoversNothing) findings.ProvesNothing("Trivy found nothing to scan");
        scan.Report(complete: !isEndOfLife);
    }

    private static void ReadSubject(Node root, Findings findings)
    {
        foreach (var digest in root.Object("Metadata").Array("RepoDigests"))
        {
            if (digest.Element.ValueKind == JsonValueKind.String) findings.Digest(digest.Element.GetString());
        }

        if (root.Text("ArtifactName") is { } name && name.Contains('@', StringComparison.Ordinal)) findings.Digest(name);
    }

    // Trivy masks what it matched, but the lines around a match may hold the next secret.
    private static bool IsSecret(ReadOnlySpan<string> path) => path.Contains("Secrets") && path[^1] is "Match" or "Content" or "Highlighted";

    private sealed class Scan(Findings findings)
    {
        private readonly Severities _vulnerabilities = new(Levels), _misconfigurations = new(Levels), _secrets = new(Levels), _licenses = new(Levels);
        private long _fixable, _suppressed;
        private bool _listsVulnerabilities, _hasPackages, _hasMisconfigurations, _hasSecrets, _hasLicenses, _hasSuppressed;

        private bool HasVulnerabilities => _listsVulnerabilities || (_hasPackages && !_hasLicenses);

        public bool HasOsPackages { get; private set; }

        public bool CoversNothing => !(HasVulnerabilities || _hasMisconfigurations || _hasSecrets || _hasLicenses);

        public void Add(Node result, bool isLegacy)
        {
            var scanned = result.Text("Class");
            _listsVulnerabilities |= !result["Vulnerabilities"].IsAbsent || (isLegacy && result.Has("Vulnerabilities"));
            HasOsPackages |= scanned is "os-pkgs";
            _hasPackages |= scanned is "os-pkgs" or "lang-pkgs";
            _hasSecrets |= scanned is "secret" || !result["Secrets"].IsAbsent;
            _hasLicenses |= scanned is "license" or "license-file" || !result["Licenses"].IsAbsent;
            _hasMisconfigurations |= (scanned is "config" && !CheckedNothing(result)) || !result["Misconfigurations"].IsAbsent;
            foreach (var vulnerability in result.Objects("Vulnerabilities"))
            {
                Count(_vulnerabilities, vulnerability);
                if (!string.IsNullOrEmpty(vulnerability.Text("FixedVersion"))) _fixable++;
            }

            foreach (var misconfiguration in result.Objects("Misconfigurations"))
            {
                // With --include-non-failures, passed checks are listed too.
                if (misconfiguration.Text("Status") is null or "FAIL") Count(_misconfigurations, misconfiguration);
            }

            foreach (var secret in result.Objects("Secrets")) Count(_secrets, secret);
            foreach (var license in result.Objects("Licenses")) Count(_licenses, license);
            _hasSuppressed |= !result["ExperimentalModifiedFindings"].IsAbsent;
            _suppressed += result.ArrayLength("ExperimentalModifiedFindings");
        }

        public void Report(bool complete)
        {
            if (HasVulnerabilities)
            {
                _vulnerabilities.Report(findings, "vulnerabilities", complete);
                if (complete) findings.Count("vulnerabilities.fixable", _fixable);
                else findings.AtLeast("vulnerabilities.fixable", _fixable);
            }

            if (_hasMisconfigurations) _misconfigurations.Report(findings, "misconfigurations", complete);
            if (_hasSecrets) _secrets.Report(findings, "secrets", complete);
            if (_hasLicenses) _licenses.Report(findings, "licenses", complete);
            if (_hasSuppressed) findings.Count("suppressed.total", _suppressed);
        }

        private static bool CheckedNothing(Node result)
        {
            var summary = result.Object("MisconfSummary");
            return !summary.IsAbsent && (summary.Count("Successes") ?? 0) + (summary.Count("Failures") ?? 0) == 0;
        }

        private void Count(Severities severities, Node finding)
        {
            if (!severities.TryAdd(finding.Text("Severity") is { Length: > 0 } severity ? severity : "unknown"))
                findings.Refuse(RefusalCodes.ToolMismatch, "a finding has a severity that Trivy does not know");
        }
    }
}
