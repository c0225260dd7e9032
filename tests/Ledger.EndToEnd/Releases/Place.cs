using System.Text.Json;

namespace Ledger.Testing;

/// <summary>
/// A place in a JSON document, as people write it: <c>gates / load-test / criteria / checks.rate = &gt; 99.5%</c>. In a list, a step is what
/// its entry is called: a name, a metric, a path, a title, an environment, a method and path, or how a text begins.
/// </summary>
internal static class Place
{
    private static readonly string[] Names = ["name", "metric", "path", "title", "environment", "analysis", "check"];

    /// <summary>Why there is no such place, or why something else is there; null where all is as it says.</summary>
    public static string? Missing(JsonElement root, string place)
    {
        var (path, compare, expected) = Split(place);
        var node = root;
        foreach (var step in path.Split(" / "))
        {
            var found = Step(node, step).ToList();
            if (found.Count != 1) return $"'{step}' is there {found.Count} times, in '{place}'";
            node = found[0];
        }

        var text = Text(node);
        return compare switch
        {
            '=' when text != expected && !SameNumber(text, expected) => $"it is '{text}', in '{place}'",
            '~' when !text.Contains(expected, StringComparison.Ordinal) => $"it is '{text}', in '{place}'",
            _ => null,
        };
    }

    private static (string Path, char? Compare, string Expected) Split(string place)
    {
        foreach (var sign in (ReadOnlySpan<char>)['=', '~'])
            if (place.IndexOf($" {sign} ", StringComparison.Ordinal) is >= 0 and var at) return (place[..at], sign, place[(at + 3)..]);
        return (place, null, "");
    }

    private static IEnumerable<JsonElement> Step(JsonElement node, string step)
    {
        if (node.ValueKind == JsonValueKind.Object) return node.TryGetProperty(step, out var member) ? [member] : [];
        if (node.ValueKind != JsonValueKind.Array) return [];
        var exact = node.EnumerateArray().Where(entry => IsCalled(entry, step)).ToList();
        return exact.Count > 0 ? exact : node.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.String && entry.GetString()!.StartsWith(step, StringComparison.Ordinal));
    }

    private static bool IsCalled(JsonElement entry, string name) => entry.ValueKind == JsonValueKind.String
        ? entry.GetString() == name
        : Array.Exists(Names, member => Member(entry, member) == name) || $"{Member(entry, "method")} {Member(entry, "path")}" == name;

    private static string? Member(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    // A comparison is read as people write it, and a measurement is its value.
    private static string Text(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object when Member(node, "comparator") is { } comparator => $"{comparator} {Text(node.GetProperty("threshold"))}",
        JsonValueKind.Object when node.TryGetProperty("value", out var value) => Text(value),
        JsonValueKind.String => node.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => node.GetRawText(),
    };

    private static bool SameNumber(string text, string expected) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.TryParse(expected, System.Globalization.CultureInfo.InvariantCulture, out var asked)
        && number == asked;
}
