namespace Ledger.Domain.Releases;

/// <summary>How commits are written and compared.</summary>
public static class CommitId
{
    private const int ShortestAbbreviation = 7;

    /// <summary>Whether <paramref name="text"/> is a commit: 7 (abbreviated) to 64 hexadecimal digits.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: >= ShortestAbbreviation and <= 64 } && text.All(char.IsAsciiHexDigit);

    /// <summary>
    /// Whether both name the same commit: equal, or one the other's abbreviation; case does not matter. What is not a commit is the same
    /// as nothing: <c>0123abc-dirty</c> was not built from <c>0123abc</c>.
    /// </summary>
    public static bool Same(string a, string b) =>
        IsValid(a) && IsValid(b)
        && (a.StartsWith(b, StringComparison.OrdinalIgnoreCase) || b.StartsWith(a, StringComparison.OrdinalIgnoreCase));
}
