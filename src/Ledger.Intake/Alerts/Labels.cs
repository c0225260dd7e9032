using System.Text.Json;
using Ledger.Intake.Documents;

namespace Ledger.Intake.Alerts;

/// <summary>Labels of Prometheus: names and values, both text.</summary>
internal static class Labels
{
    public static IReadOnlyDictionary<string, string> Read(Node node)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in node.Members())
        {
            if (labels.Count == AlertLimits.MaxLabels) node.Findings.Refuse(RefusalCodes.TooLarge, $"a set of labels has more than {AlertLimits.MaxLabels}");
            if (node.Findings.Refusal is not null) break;
            if (value.Element.ValueKind == JsonValueKind.String) labels[name] = value.Element.GetString()!;
            else node.Findings.WrongShape("labels", "a set of texts");
        }

        return labels;
    }
}
