namespace Ledger.Domain.Policies;

/// <summary>Finds the known name that somebody probably meant.</summary>
internal static class Nearest
{
    private const int MaxLength = 200;

    /// <summary>The candidate with the fewest edits, about a third of the word's length at most and at least one; or null.</summary>
    internal static string? To(string word, IEnumerable<string> candidates)
    {
        // Lengths that differ by more cannot be near: this also keeps long words cheap.
        var limit = Math.Max(1, (word.Length + 1) / 3);
        var best = candidates
            .Where(candidate => Math.Abs(candidate.Length - word.Length) <= limit && candidate.Length <= MaxLength)
            .Select(candidate => (Name: candidate, Edits: Edits(word, candidate)))
            .OrderBy(candidate => candidate.Edits).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is not null && best.Edits <= limit ? best.Name : null;
    }

    /// <summary>A hint for a message, or null.</summary>
    internal static string? Hint(string word, IEnumerable<string> candidates) => To(word, candidates) is { } name ? $"did you mean '{name}'?" : null;

    // Optimal string alignment: insertions, deletions, replacements and swaps of neighbours, without regard to case.
    private static int Edits(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) edits[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) edits[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = edits[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                edits[i, j] = Math.Min(replaced, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1])) edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }

        return edits[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
