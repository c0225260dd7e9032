using System.Text.Json;

namespace Ledger.Testing;

/// <summary>
/// An event of a release's history, as people write it: its type, what its data must say (<c>terms.strategy=canary</c>; <c>at</c> is the
/// event's time, and a time may be cut short), and a <see cref="Place"/> in the data.
/// </summary>
internal sealed record EventPattern(string Type, IReadOnlyList<(string Member, string Value)> Says, string? At)
{
    public static EventPattern Parse(string text)
    {
        var place = text.IndexOf(" / ", StringComparison.Ordinal);
        var words = (place < 0 ? text : text[..place]).Split(' ');
        return new EventPattern(
            words[0], [.. words[1..].Select(word => word.Split('=', 2)).Select(parts => (parts[0], parts[1]))], place < 0 ? null : text[(place + 3)..]);
    }

    /// <summary>Whether an event of the history, as the tool prints it, is such a one.</summary>
    public bool Matches(JsonElement past)
    {
        if (past.GetProperty("type").GetString() != Type) return false;
        var data = past.GetProperty("data");
        return Says.All(says => Is(says.Member == "at" ? past : data, says.Member, says.Value)) && (At is null || Place.Missing(data, At) is null);
    }

    public override string ToString() => $"{Type}{string.Concat(Says.Select(says => $" {says.Member}={says.Value}"))}{(At is null ? "" : $" / {At}")}";

    private static bool Is(JsonElement node, string member, string value)
    {
        foreach (var name in member.Split('.'))
            if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty(name, out node)) return false;
        return node.ValueKind switch
        {
            JsonValueKind.True => value == "true",
            JsonValueKind.False => value == "false",
            JsonValueKind.String when node.GetString()!.EndsWith('Z') => node.GetString()!.StartsWith(value, StringComparison.Ordinal),
            JsonValueKind.String => node.GetString() == value,
            _ => node.GetRawText() == value,
        };
    }
}
