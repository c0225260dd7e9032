using Ledger.Intake.Documents;
using Ledger.Intake.Readers;

namespace Ledger.Intake.Argo;

/// <summary>
/// Reads AnalysisRun and Rollout objects of Argo Rollouts and Application objects of Argo CD, one or several, as <c>kubectl get -o json</c> or
/// <c>-o yaml</c> prints them. Thread-safe; the same bytes always read the same.
/// </summary>
public static class ArgoReader
{
    private const string Group = "argoproj.io/";
    private const int MaxKindLength = 60;

    /// <summary>Reads <paramref name="bytes"/>.</summary>
    /// <returns>The objects; refused where there is none, or where one is not of the shape that Argo writes.</returns>
    public static IntakeResult<ArgoFile> Read(ReadOnlyMemory<byte> bytes)
    {
        if (RedactedDocument.TryOpen(bytes, ArgoLimits.MaxBytes, out var document) is { } refusal) return Refused(refusal);
        using (document)
        {
            var findings = new Findings("Argo");
            var objects = new List<ArgoObject>();
            var others = new SortedSet<string>(StringComparer.Ordinal);
            var budget = new Budget(findings);
            foreach (var item in Items(new Node(document!.Root, findings)))
            {
                if (budget.IsExceededBy(objects)) break;
                if (ReadObject(item, budget) is { } read) objects.Add(read);
                else others.Add(item.Text("kind") is { Length: > 0 and <= MaxKindLength } kind ? kind : "(no kind)");
            }

            if (findings.Refusal is { } wrong) return Refused(wrong);
            if (objects.Count == 0) return Refused(new Refusal(RefusalCodes.DocumentUnrecognised, "the document holds no AnalysisRun, Rollout or Application"));
            return new IntakeResult<ArgoFile>.Read(new ArgoFile(objects, [.. others], document.Redactions, document.Bytes, document.MediaType));
        }
    }

    /// <summary>How many measurements of all runs may still be read.</summary>
    internal sealed class Budget(Findings findings)
    {
        private int _measurements;

        public void TakeMeasurement()
        {
            if (++_measurements > ArgoLimits.MaxMeasurements) findings.Refuse(RefusalCodes.TooManyMeasurements, $"the document holds more than {ArgoLimits.MaxMeasurements} measurements");
        }

        public bool IsExceededBy(List<ArgoObject> objects)
        {
            if (objects.Count == ArgoLimits.MaxObjects) findings.Refuse(RefusalCodes.TooLarge, $"the document holds more than {ArgoLimits.MaxObjects} objects");
            return findings.Refusal is not null;
        }
    }

    // Several documents of one YAML stream come as an array; kubectl wraps several objects in a List.
    private static IEnumerable<Node> Items(Node root)
    {
        foreach (var item in root.IsArray ? root.Items() : [root])
        {
            if (item.Text("kind") is { } kind && kind.EndsWith("List", StringComparison.Ordinal) && item.Has("items"))
            {
                foreach (var inner in item.Objects("items")) yield return inner;
            }
            else
            {
                yield return item;
            }
        }
    }

    private static ArgoObject? ReadObject(Node item, Budget budget)
    {
        if (item.Text("apiVersion")?.StartsWith(Group, StringComparison.Ordinal) != true) return null;
        var name = item.Object("metadata").Text("name");
        switch (item.Text("kind"))
        {
            case "AnalysisRun":
                return AnalysisRunReader.Read(item, Named(name, item), budget);
            case "Rollout":
                return RolloutReader.Read(item, Named(name, item));
            case "Application":
                return ApplicationReader.Read(item, Named(name, item));
            default:
                return null;
        }
    }

    private static string Named(string? name, Node item)
    {
        if (string.IsNullOrEmpty(name)) item.Findings.WrongShape("metadata.name", "a name");
        return name ?? string.Empty;
    }

    private static IntakeResult<ArgoFile>.Refused Refused(Refusal refusal) => new(
        refusal.Code, refusal.Message, refusal.Code == RefusalCodes.TooLarge ? "send fewer objects at a time" : "write the objects with: kubectl get analysisrun,rollout -o yaml");
}
