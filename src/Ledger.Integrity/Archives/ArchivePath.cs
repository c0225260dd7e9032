using System.Buffers;

namespace Ledger.Integrity.Archives;

/// <summary>
/// The names that files in an archive may have. They are safe to unpack anywhere: relative, without <c>.</c> and <c>..</c>, of characters
/// that mean the same on every system.
/// </summary>
public static class ArchivePath
{
    /// <summary>The longest path, in characters, which are bytes.</summary>
    public const int MaxLength = 255;

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+@/");

    /// <summary>Whether <paramref name="path"/> is one: names of letters, digits and <c>._-+@</c> that begin with a letter, digit or <c>_</c>, with <c>/</c> between them.</summary>
    public static bool IsValid(ReadOnlySpan<char> path)
    {
        if (path.Length is 0 or > MaxLength || path.ContainsAnyExcept(Characters)) return false;
        foreach (var name in path.Split('/'))
            if (path[name] is not [var first, ..] || !(char.IsAsciiLetterOrDigit(first) || first == '_')) return false;
        return true;
    }
}
