using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Ledger.Testing;

/// <summary>One of the tables beside this file: what a release's documents say, line by line, and what holds it.</summary>
/// <param name="Lines">Its lines, in the documents' order.</param>
internal sealed record ReleaseTable(IReadOnlyList<ReleaseTable.Line> Lines)
{
    /// <summary>The tables, by the name of their policy.</summary>
    public static IReadOnlyList<(string Policy, string File)> All { get; } =
        [("cpt-ajan", "cpt-ajan-v5.7.1"), ("recoveryos", "recoveryos-2025-08-14"), ("agent-system", "agent-system-v2.2.0")];

    /// <summary>A line, or several that say one thing.</summary>
    /// <param name="Where">The document's lines, and the document where there are several.</param>
    /// <param name="Says">What it says, in other words.</param>
    /// <param name="Places">What in the policy holds it; see <see cref="Place"/>.</param>
    /// <param name="Events">What in the history holds it; see <see cref="EventPattern"/>.</param>
    internal sealed record Line(string Where, string Says, IReadOnlyList<string> Places, IReadOnlyList<EventPattern> Events);

    /// <summary>Reads the table of a policy.</summary>
    public static ReleaseTable Read(string policy)
    {
        var name = All.Single(table => table.Policy == policy).File;
        return new ReleaseTable([.. File.ReadLines(Path.Combine(Here(), $"{name}.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(Parse)]);
    }

    private static Line Parse(string line)
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries);
        cells.Length.ShouldBe(6, line);
        var references = Regex.Matches(cells[4], "`([^`]+)`").Select(match => match.Groups[1].Value).ToList();
        var places = references.Where(reference => reference.StartsWith("policy ", StringComparison.Ordinal)).Select(reference => reference["policy ".Length..]).ToList();
        var events = references.Where(reference => reference.StartsWith("event ", StringComparison.Ordinal)).Select(reference => EventPattern.Parse(reference["event ".Length..])).ToList();
        (places.Count + events.Count).ShouldBe(references.Count, line);
        return new Line(cells[1], cells[3], places, events);
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
