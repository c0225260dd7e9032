using System.Text.Json;
using Ledger.Cli.Contract;

namespace Ledger.Cli.Output;

/// <summary>Shows a policy: its gates with what they ask for, and its NO-GO conditions.</summary>
internal static class PolicyView
{
    public static void Show(Screen screen, PolicyShown shown)
    {
        screen.Line(new Piece($"{shown.Policy.Name} v{shown.Policy.Version}", Tone.Strong), "  ", Wording.Text(shown.Document, "title") ?? "");
        screen.Line(new Piece("  " + shown.Policy.Digest, Tone.Quiet));
        screen.Table(["gate", "required", "waivable", "asks for"], [.. Members(shown.Document, "gates").SelectMany(Gate)]);
        screen.Table(["no go when", "shown by"], [.. Members(shown.Document, "noGo").SelectMany(Condition)]);
    }

    private static IEnumerable<Piece[]> Gate(JsonElement gate)
    {
        var demands = Members(gate, "criteria").Select(Criterion).Concat(Members(gate, "checks").Select(Title)).DefaultIfEmpty(Title(gate));
        var first = true;
        foreach (var demand in demands)
        {
            yield return first
                ? [new(Wording.Text(gate, "name") ?? "", Tone.Strong), Wording.Text(gate, "required") ?? "", Wording.Text(gate, "waivable") ?? "", demand]
                : ["", "", "", demand];
            first = false;
        }
    }

    private static IEnumerable<Piece[]> Condition(JsonElement condition)
    {
        var signs = Members(condition, "when").Select(Criterion).DefaultIfEmpty("attestation");
        return signs.Select((sign, place) => new Piece[] { place == 0 ? Title(condition) : "", sign });
    }

    private static string Criterion(JsonElement criterion) => string.Join(' ', ((string[])["tool", "metric", "comparator", "threshold"])
        .Select(member => Wording.Text(criterion, member)).OfType<string>());

    private static string Title(JsonElement named) => Wording.Text(named, "title") ?? Wording.Text(named, "name") ?? "";

    private static JsonElement[] Members(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
}
