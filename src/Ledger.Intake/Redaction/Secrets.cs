using System.Buffers;

namespace Ledger.Intake.Redaction;

/// <summary>Credentials that show themselves: by the prefix their issuer gives them, by the block they stand in, or by the word before them.</summary>
internal static class Secrets
{
    private const string PemBegin = "-----BEGIN ";
    private const int MaxUserInfo = 512;

    private static readonly SearchValues<string> Triggers = SearchValues.Create(
        [.. IssuedTokens.Prefixes, .. NamedSecrets.Names, PemBegin, "://", "bearer "], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> AuthorityEnds = SearchValues.Create("/?# \t\r\n\"'<>\\");

    public static void Find(ReadOnlySpan<char> text, List<Sensitive> found)
    {
        var position = 0;
        while (position < text.Length)
        {
            var offset = text[position..].IndexOfAny(Triggers);
            if (offset < 0) return;
            var start = position + offset;
            if (TryMatch(text, start, out var sensitive))
            {
                found.Add(sensitive);
                position = Math.Max(sensitive.End, start + 1);
            }
            else
            {
                position = start + 1;
            }
        }
    }

    /// <summary>Whether <paramref name="index"/> is in the authority of a URL, where what stands before an <c>@</c> is user information and no mailbox.</summary>
    public static bool IsUserInfo(ReadOnlySpan<char> text, int index)
    {
        var before = text[Math.Max(0, index - MaxUserInfo)..index];
        var end = before.LastIndexOfAny(AuthorityEnds);
        return end >= 2 && before[end] == '/' && before[end - 1] == '/' && before[end - 2] == ':';
    }

    private static bool TryMatch(ReadOnlySpan<char> text, int start, out Sensitive sensitive)
    {
        var rest = text[start..];
        if (rest.StartsWith(PemBegin, StringComparison.Ordinal)) return TryPrivateKey(text, start, out sensitive);
        if (rest.StartsWith("://", StringComparison.Ordinal)) return TryUserInfo(text, start + 3, out sensitive);
        if (rest.StartsWith("bearer ", StringComparison.OrdinalIgnoreCase)) return TryBearer(text, start + 7, out sensitive);
        return IssuedTokens.TryMatch(text, start, out sensitive) || NamedSecrets.TryMatch(text, start, out sensitive);
    }

    // RFC 7468. A block whose end is missing was cut off: all that follows is key.
    private static bool TryPrivateKey(ReadOnlySpan<char> text, int start, out Sensitive sensitive)
    {
        sensitive = default;
        const string label = "PRIVATE KEY-----", blockLabel = "PRIVATE KEY BLOCK-----";
        var head = text[start..Math.Min(text.Length, start + 64)];
        if (head.IndexOf(label) < 0 && head.IndexOf(blockLabel) < 0) return false;
        var endMarker = text[start..].IndexOf("-----END ");
        var close = endMarker < 0 ? -1 : text[(start + endMarker + 9)..].IndexOf("-----");
        var end = close < 0 ? text.Length : start + endMarker + 9 + close + 5;
        sensitive = new Sensitive(start, end, Placeholders.Secret);
        return true;
    }

    // RFC 3986, section 3.2.1: everything between "//" and "@" is user information. A user name alone can be a token too; "git" is not.
    private static bool TryUserInfo(ReadOnlySpan<char> text, int start, out Sensitive sensitive)
    {
        sensitive = default;
        var authority = text[start..Math.Min(text.Length, start + MaxUserInfo)];
        var length = authority.IndexOfAny(AuthorityEnds);
        if (length >= 0) authority = authority[..length];
        var at = authority.LastIndexOf('@');
        if (at <= 0) return false;
        var userInfo = authority[..at];
        if (userInfo is "git" || Placeholders.Hidden(userInfo)) return false;
        sensitive = new Sensitive(start, start + at, Placeholders.Secret);
        return true;
    }

    // RFC 6750, section 2.1. "Bearer authentication" is prose: a token has a digit or is long.
    private static bool TryBearer(ReadOnlySpan<char> text, int start, out Sensitive sensitive)
    {
        sensitive = default;
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '.' or '_' or '~' or '+' or '/' or '=')) end++;
        var token = text[start..end];
        if (token.Length < 8 || (token.Length < 20 && token.IndexOfAnyInRange('0', '9') < 0)) return false;
        sensitive = new Sensitive(start, end, Placeholders.Secret);
        return true;
    }
}
