namespace Ledger.GraphQL;

/// <summary>
/// "Did you mean": names near a name that is not there. It tells what a schema holds, so it is for callers who may know. Thread-safe.
/// </summary>
public static class Suggestions
{
    private const int ShownMax = 5;

    // Work is the product of two lengths, and the name is the caller's.
    private const int NameMax = 100;

    /// <summary>A sentence with a space before it, such as <c> Did you mean "name" or "names"?</c>; empty when nothing is near.</summary>
    /// <param name="name">The name that is not there.</param>
    /// <param name="names">The names that are.</param>
    /// <param name="what">What they are, such as "the enum value"; null for nothing.</param>
    public static string For(string name, IEnumerable<string> names, string? what = null) => List(Near(name, names), what);

    /// <summary>The same sentence of names that were chosen already, the likeliest first.</summary>
    /// <param name="names">The names.</param>
    /// <param name="what">What they are; null for nothing.</param>
    public static string List(IEnumerable<string> names, string? what = null)
    {
        var shown = names.Take(ShownMax).Select(each => $"\"{each}\"").ToList();
        return shown.Count == 0 ? "" : $" Did you mean {(what is null ? "" : $"{what} ")}{Or(shown)}?";
    }

    /// <summary>The names near a name, nearest first.</summary>
    public static IReadOnlyList<string> Near(string name, IEnumerable<string> names)
    {
        if (name.Length > NameMax) return [];
        var distanceMax = (name.Length * 4 / 10) + 1;
        return
        [
            .. names.Where(each => Math.Abs(each.Length - name.Length) <= distanceMax)
                .Select(each => (Name: each, Distance: Distance(name, each)))
                .Where(each => each.Distance <= distanceMax)
                .OrderBy(each => each.Distance).ThenBy(each => each.Name, StringComparer.Ordinal)
                .Select(each => each.Name),
        ];
    }

    private static string Or(List<string> items) => items.Count switch
    {
        1 => items[0],
        2 => $"{items[0]} or {items[1]}",
        _ => $"{string.Join(", ", items[..^1])}, or {items[^1]}",
    };

    // Insertions, deletions, substitutions and swaps of neighbours; capitals count once however many there are.
    private static int Distance(string from, string to)
    {
        if (from == to) return 0;
        if (string.Equals(from, to, StringComparison.OrdinalIgnoreCase)) return 1;
        var (a, b) = (from.ToUpperInvariant(), to.ToUpperInvariant());
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
