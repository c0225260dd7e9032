using Ledger.Intake.Documents;

namespace Ledger.Intake.Readers;

/// <summary>
/// conftest's JSON output (https://www.conftest.dev/options): one entry a file and namespace; empty lists are left out. Files to which no rule
/// applied, e.g. because the namespace has none, prove nothing.
/// </summary>
internal sealed class ConftestReader : DocumentReader
{
    public override string Tool => "conftest";

    public override bool Recognises(Node root) =>
        root.IsArray && root.Element.GetArrayLength() > 0 && root.Items().All(item => item.Has("filename") && (item.Has("successes") || item.Has("namespace")));

    public override bool MayHaveWritten(Node root) => root.IsAbsent || (root.IsArray && root.Element.GetArrayLength() == 0);

    public override void Read(Node root, Findings findings)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        long successes = 0, warnings = 0, failures = 0, skipped = 0, exceptions = 0;
        foreach (var entry in root.Items())
        {
            files.Add(entry.Text("filename") ?? string.Empty);
            successes += entry.Count("successes") ?? 0;
            warnings += entry.ArrayLength("warnings");
            failures += entry.ArrayLength("failures");
            skipped += entry.ArrayLength("skipped");
            exceptions += entry.ArrayLength("exceptions");
        }

        findings.Count("files", files.Count);
        if (successes + warnings + failures == 0)
        {
            findings.ProvesNothing(files.Count == 0 ? "conftest tested no file" : "conftest applied no rule to any file");
            return;
        }

        findings.Count("successes", successes);
        findings.Count("warnings", warnings);
        findings.Count("failures", failures);
        findings.Count("skipped", skipped);
        findings.Count("exceptions", exceptions);
    }
}
