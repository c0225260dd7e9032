using System.Text;

namespace Ledger.Intake.Policies;

/// <summary>Where a value stands in a document. Lines and columns count from 1.</summary>
internal readonly record struct SourcePlace(int Line, int Column);

/// <summary>
/// The places of a value, of its member's name and of what it holds. A tree, not a table by path: paths repeat their beginnings, and a
/// hostile document could make them outgrow memory.
/// </summary>
internal sealed class SourceNode(SourcePlace name, SourcePlace value)
{
    private Dictionary<string, SourceNode>? _members;
    private List<SourceNode>? _items;

    internal void Add(string member, SourceNode node) => (_members ??= new(StringComparer.Ordinal))[member] = node;

    internal void Add(SourceNode node) => (_items ??= []).Add(node);

    /// <summary>The place of what a JSON path leads to, or of the last thing on the way that is there.</summary>
    internal SourcePlace Find(string path, bool ofName)
    {
        var node = this;
        for (var rest = path.AsSpan(1); rest.Length > 0;)
        {
            var next = node.Child(ref rest);
            if (next is null) return node.Value;
            node = next;
        }

        return ofName ? node.Name : node.Value;
    }

    private SourcePlace Name => name;

    private SourcePlace Value => value;

    private SourceNode? Child(ref ReadOnlySpan<char> path)
    {
        if (path.StartsWith("['")) return _members?.GetValueOrDefault(Quoted(ref path));

        if (path[0] == '[')
        {
            var close = path.IndexOf(']');
            var index = int.Parse(path[1..close], System.Globalization.CultureInfo.InvariantCulture);
            path = path[(close + 1)..];
            return _items is not null && index < _items.Count ? _items[index] : null;
        }

        var end = path[1..].IndexOfAny('.', '[') + 1;
        var name = (end == 0 ? path[1..] : path[1..end]).ToString();
        path = end == 0 ? [] : path[end..];
        return _members?.GetValueOrDefault(name);
    }

    // A name in quotes, with its own quotes and backslashes escaped (RFC 9535 §2.3.1.1).
    private static string Quoted(ref ReadOnlySpan<char> path)
    {
        var name = new StringBuilder();
        var i = 2;
        for (; path[i] != '\''; i++)
        {
            if (path[i] == '\\') i++;
            name.Append(path[i]);
        }

        path = path[(i + 2)..];
        return name.ToString();
    }
}
