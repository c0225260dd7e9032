namespace Ledger.Intake.Redaction;

/// <summary>
/// E-mail addresses (RFC 5321 dot-strings with a host name): looked for around each <c>@</c>. What package managers and registries write with
/// an <c>@</c> is none: a version, a digest, a scope, an SCP-style repository, a retina image.
/// </summary>
internal static class EmailAddresses
{
    private const int MaxLocalPart = 64;
    private const int MaxDomain = 255;

    public static void Find(ReadOnlySpan<char> text, List<Sensitive> found)
    {
        for (var at = text.IndexOf('@'); at >= 0;)
        {
            if (TryMatch(text, at, out var start, out var end)) found.Add(new Sensitive(start, end, Placeholders.Email));
            var next = text[(at + 1)..].IndexOf('@');
            at = next < 0 ? -1 : at + 1 + next;
        }
    }

    private static bool TryMatch(ReadOnlySpan<char> text, int at, out int start, out int end)
    {
        start = at;
        end = at + 1;
        while (start > 0 && at - start <= MaxLocalPart && IsLocal(text[start - 1])) start--;
        while (start < at && text[start] == '.') start++;
        if (start == at || at - start > MaxLocalPart) return false;

        while (end < text.Length && end - at <= MaxDomain && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '-')) end++;
        while (end > at + 1 && text[end - 1] is '.' or '-') end--;
        var domain = text[(at + 1)..end];
        return IsHostName(domain) && !IsMailingList(domain) && !IsRepository(text[start..at], text[end..]) && !Secrets.IsUserInfo(text, start);
    }

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-';

    private static bool IsHostName(ReadOnlySpan<char> domain)
    {
        var dot = domain.LastIndexOf('.');
        if (dot <= 0 || domain[0] is '.' or '-') return false;
        var top = domain[(dot + 1)..];
        if (top.Length is < 2 or > 24) return false;
        foreach (var c in top)
        {
            if (!char.IsAsciiLetter(c)) return false;
        }

        return domain.IndexOf("..") < 0 && !LooksLikeVersion(domain) && !IsUnitOrImage(domain, top);
    }

    // name@1.2.3.Final, name@v1.2.rc, name@5.3.0-beta.rc: two leading labels that are numbers. 163.com is a host.
    private static bool LooksLikeVersion(ReadOnlySpan<char> domain)
    {
        var first = domain[..domain.IndexOf('.')];
        var rest = domain[(first.Length + 1)..];
        if (first[0] is 'v' or 'V') first = first[1..];
        return first.Length > 0 && first.IndexOfAnyExceptInRange('0', '9') < 0 && rest.Length > 0 && char.IsAsciiDigit(rest[0]);
    }

    // getty@tty1.service (systemd), icon@2x.png (retina images).
    private static bool IsUnitOrImage(ReadOnlySpan<char> domain, ReadOnlySpan<char> top) =>
        top is "service" or "socket" or "target" or "timer" or "mount" or "slice"
        || (domain.Length > 3 && char.IsAsciiDigit(domain[0]) && domain[1] == 'x' && domain[2] == '.');

    // Advisories link to the archives of lists, whose addresses are no person's.
    private static bool IsMailingList(ReadOnlySpan<char> domain) => domain.StartsWith("lists.", StringComparison.OrdinalIgnoreCase);

    // git@host:path and ssh://git@host/path name a repository, not a person.
    private static bool IsRepository(ReadOnlySpan<char> local, ReadOnlySpan<char> after) => local is "git" && !after.IsEmpty && after[0] is ':' or '/';
}
