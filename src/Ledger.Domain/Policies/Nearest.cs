namespace Ledger.Domain.Policies;

/// <summary>Finds the known name that somebody probably meant.</summary>
internal static class Nearest
{
    private const int MaxLength = 200;

    /// <summary>The candidate with the fewest edits, at most a third of the word's length and at least one; or null.</summary>
    internal static string? To(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > MaxLength) return null;
        var best = candidates
            .Where(candidate => candidate.Length <= MaxLength)
            .Select(candidate => (Name: candidate, Edits: Edits(word, candidate)))
            .OrderBy(candidate => candidate.Edits).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is not null && best.Edits <= Math.Max(1, word.Length / 3) ? best.Name : null;
    }

    /// <summary>A hint for a message, or null.</summary>
    internal static string? Hint(string word, IEnumerable<string> candidates) => To(word, candidates) is { } name ? $"did you mean '{name}'?" : null;

    // Levenshtein's distance, letters compared without regard to case.
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
