using System.Text.Json;
using Ledger.Domain.Measurements;
using Ledger.Intake.Documents;

namespace Ledger.Intake.Readers;

/// <summary>
/// The ledger's own plain document, for numbers that no tool reports: <c>{"measurements": [{"name", "value", "unit"}], "subject": {"commit",
/// "artifact"}, "source"}</c>. A value is a number (with a unit by its wire name; a count without), a quantity as people write it
/// (<c>"62%"</c>, <c>"120ms"</c>), or true or false. Strict: what is not known is refused.
/// </summary>
internal sealed class MeasurementsReader : DocumentReader
{
    private const int MaxSourceLength = 200;

    public override string Tool => MetricCatalog.PlainDocument;

    public override bool AcceptsYaml => true;

    public override bool Recognises(Node root) => root.Has("measurements");

    public override void Read(Node root, Findings findings)
    {
        Only(root, findings, "measurements", "subject", "source");
        if (!root["measurements"].IsArray) Refuse(findings, "'measurements' is not an array");
        if (root["source"] is { IsAbsent: false } source && !(source.Element.ValueKind == JsonValueKind.String && source.Element.GetString()!.Length <= MaxSourceLength))
            Refuse(findings, $"'source' is not a string of at most {MaxSourceLength} characters");
        ReadSubject(root["subject"], findings);

        var count = 0;
        foreach (var measurement in root["measurements"].Items())
        {
            Only(measurement, findings, "name", "value", "unit");
            Add(measurement, findings);
            count++;
        }

        if (count == 0) findings.ProvesNothing("the document lists no measurement");
    }

    private static void ReadSubject(Node subject, Findings findings)
    {
        if (subject.IsAbsent) return;
        Only(subject, findings, "commit", "artifact");
        if (subject.Has("commit"))
        {
            findings.Commit(Text(subject, "commit"));
            if (findings.Subjects.Commits.Count == 0) Refuse(findings, "'commit' is not 7 to 64 hexadecimal digits");
        }

        if (subject.Has("artifact") && !findings.Digest(Text(subject, "artifact"))) Refuse(findings, "'artifact' does not end in sha256: and 64 hexadecimal digits");
    }

    private static void Add(Node measurement, Findings findings)
    {
        var name = Text(measurement, "name");
        if (name is null || name.Length > ReportLimits.MaxNameLength || !MetricCatalog.TryFind(MetricCatalog.PlainDocument, name, out _))
        {
            Refuse(findings, "a measurement has no 'name' that can be one: letters, digits and . _ ( ) / - , beginning with a letter or digit, at most 120");
            return;
        }

        Unit? stated = null;
        if (measurement.Has("unit") && (stated = UnitOf(Text(measurement, "unit"))) is null)
        {
            Refuse(findings, $"the unit of '{name}' is none of {string.Join(", ", Units.Keys)}");
            return;
        }

        if (!TryValue(measurement["value"].Element, stated, out var value, out var unit)) Refuse(findings, $"the value of '{name}' is not a number, a quantity such as 120ms, true or false, in its unit");
        else findings.Add(name, value, unit);
    }

    private static bool TryValue(JsonElement element, Unit? stated, out double value, out Unit unit)
    {
        (value, unit) = (0, stated ?? Unit.Count);
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                return element.TryGetDouble(out value) && double.IsFinite(value) && (unit != Unit.Boolean || value is 0 or 1);
            case JsonValueKind.True or JsonValueKind.False:
                value = element.GetBoolean() ? 1 : 0;
                unit = Unit.Boolean;
                return stated is null or Unit.Boolean;
            case JsonValueKind.String when Quantity.TryParse(element.GetString(), out var quantity):
                value = quantity.Value;
                unit = quantity.Unit ?? unit;
                return stated is null || quantity.Fits(stated.Value);
            default:
                return false;
        }
    }

    private static readonly Dictionary<string, Unit> Units = Enum.GetValues<Unit>().ToDictionary(unit => JsonSerializer.SerializeToElement(unit, UnitNames.Default.Unit).GetString()!, StringComparer.Ordinal);

    private static Unit? UnitOf(string? name) => name is not null && Units.TryGetValue(name, out var unit) ? unit : null;

    private static void Only(Node node, Findings findings, params ReadOnlySpan<string> known)
    {
        if (!node.IsObject) Refuse(findings, "a part of the document is not an object");
        foreach (var (name, _) in node.Members())
        {
            if (!known.Contains(name)) Refuse(findings, $"the document has a member that is none of {string.Join(", ", known!)}");
        }
    }

    private static string? Text(Node node, string name) => node[name].Element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static void Refuse(Findings findings, string message) => findings.Refuse(RefusalCodes.Malformed, message);
}
