using System.Text;

namespace Ledger.GraphQL.Language;

/// <summary>What a block string says, and how a text is written as one (§2.9.4).</summary>
internal static class BlockString
{
    private const int OneLineMax = 70;

    /// <summary><c>BlockStringValue</c>: the common indentation of all lines but the first goes, and so do blank lines at both ends.</summary>
    public static string Dedent(string raw)
    {
        var lines = Lines(raw);
        var indent = int.MaxValue;
        var first = -1;
        var last = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            var blank = BlankLength(lines[i]);
            if (blank == lines[i].Length) continue;
            if (first < 0) first = i;
            last = i;
            if (i > 0) indent = Math.Min(indent, blank);
        }

        if (first < 0) return "";
        var value = new StringBuilder();
        for (var i = first; i <= last; i++)
        {
            if (i > first) value.Append('\n');
            value.Append(i == 0 ? lines[i] : lines[i].AsSpan(Math.Min(indent, lines[i].Length)));
        }

        return value.ToString();
    }

    /// <summary>Whether a block string can say exactly this: no control characters, no blank ends, no indentation it would lose.</summary>
    public static bool CanSay(string value)
    {
        if (value.Length == 0) return true;
        if (value.Any(c => c is < ' ' and not ('\t' or '\n'))) return false;
        var lines = value.Split('\n');
        if (IsBlank(lines[0]) || IsBlank(lines[^1])) return false;
        return lines.Length == 1 || lines.Any(line => !IsBlank(line) && BlankLength(line) == 0);
    }

    /// <summary>The block string, quotes included.</summary>
    public static string Print(string value)
    {
        var escaped = value.Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal);
        var lines = Lines(escaped);
        var isOneLine = lines.Length == 1;
        // A text whose further lines are all indented would lose that indentation beside the quotes.
        var forceFirstBreak = !isOneLine && lines.Skip(1).All(line => line.Length == 0 || IsBlank(line[0]));
        var endsInQuotes = escaped.EndsWith("\\\"\"\"", StringComparison.Ordinal);
        var forceLastBreak = (value.EndsWith('"') && !endsInQuotes) || value.EndsWith('\\');
        var isTall = !isOneLine || value.Length > OneLineMax || forceLastBreak || forceFirstBreak || endsInQuotes;
        var keepsFirstLine = isOneLine && value.Length > 0 && IsBlank(value[0]);
        var before = (isTall && !keepsFirstLine) || forceFirstBreak ? "\n" : "";
        return $"\"\"\"{before}{escaped}{(isTall || forceLastBreak ? "\n" : "")}\"\"\"";
    }

    // Only what §2.1.2 calls a line terminator ends a line.
    private static string[] Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    private static bool IsBlank(char c) => c is ' ' or '\t';

    private static bool IsBlank(string line) => BlankLength(line) == line.Length;

    private static int BlankLength(string line)
    {
        var length = line.AsSpan().IndexOfAnyExcept(' ', '\t');
        return length < 0 ? line.Length : length;
    }
}
