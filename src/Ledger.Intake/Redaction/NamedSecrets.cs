using System.Buffers;

namespace Ledger.Intake.Redaction;

/// <summary>Secrets in running text that are named by the word before them: <c>DB_PASSWORD=…</c>, <c>"api_key": "…"</c>, <c>Pwd=…;</c>.</summary>
internal static class NamedSecrets
{
    private const int MaxValueLength = 1024;

    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(" \t\r\n\"'`,;&<>(){}|\\");

    private static readonly string[] Strong = ["password", "passwd", "passphrase", "pwd"];

    private static readonly string[] Weak =
        ["secret", "token", "api_key", "api-key", "apikey", "access_key", "access-key", "accesskey", "private_key", "private-key", "privatekey", "authorization"];

    private static readonly string[] Continuations = ["_access_key", "_key", "-key", "key"];

    private static readonly string[] Schemes = ["bearer ", "basic ", "token ", "digest "];

    private static readonly string[] NoSecrets = ["null", "none", "nil", "true", "false", "undefined", "required", "optional"];

    /// <summary>The words, to look for regardless of case.</summary>
    public static IEnumerable<string> Names => Strong.Concat(Weak);

    public static bool TryMatch(ReadOnlySpan<char> text, int start, out Sensitive sensitive)
    {
        sensitive = default;
        if (NameAt(text, start) is not { } name) return false;
        var position = start + name.Length;
        if (!name.IsStrong)
        {
            foreach (var continuation in Continuations)
            {
                if (!text[position..].StartsWith(continuation, StringComparison.OrdinalIgnoreCase)) continue;
                position += continuation.Length;
                break;
            }
        }

        if (!TrySeparator(text, ref position, out var isAssignment)) return false;
        foreach (var scheme in Schemes)
        {
            if (!text[position..].StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) continue;
            return TryValue(text, position + scheme.Length, isStrong: true, isAssignment: true, out sensitive);
        }

        return TryValue(text, position, name.IsStrong, isAssignment, out sensitive);
    }

    private static (int Length, bool IsStrong)? NameAt(ReadOnlySpan<char> text, int start)
    {
        foreach (var name in Strong)
        {
            // "pwd" is also the end of other words.
            if (text[start..].StartsWith(name, StringComparison.OrdinalIgnoreCase)) return name != "pwd" || start == 0 || !char.IsLetter(text[start - 1]) ? (name.Length, true) : null;
        }

        // The public key token of a .NET assembly name is no secret, and stands in every stack trace.
        if (text[..start].EndsWith("PublicKey", StringComparison.OrdinalIgnoreCase)) return null;
        foreach (var name in Weak)
        {
            if (text[start..].StartsWith(name, StringComparison.OrdinalIgnoreCase)) return (name.Length, false);
        }

        return null;
    }

    // Optional closing quote, then = : := => ==, with blanks around.
    private static bool TrySeparator(ReadOnlySpan<char> text, ref int position, out bool isAssignment)
    {
        isAssignment = false;
        while (position < text.Length && text[position] is '\\' or '"' or '\'' or ']') position++;
        while (position < text.Length && text[position] is ' ' or '\t') position++;
        var start = position;
        while (position < text.Length && position - start < 2 && text[position] is ':' or '=' or '>')
        {
            isAssignment |= text[position] == '=';
            position++;
        }

        if (position == start || text[start] == '>') return false;
        while (position < text.Length && text[position] is ' ' or '\t') position++;
        return position < text.Length;
    }

    private static bool TryValue(ReadOnlySpan<char> text, int start, bool isStrong, bool isAssignment, out Sensitive sensitive)
    {
        sensitive = default;
        while (start < text.Length && text[start] == '\\') start++;
        if (start >= text.Length) return false;
        var window = text[start..Math.Min(text.Length, start + MaxValueLength)];
        if (window[0] is '"' or '\'')
        {
            var quote = window[0];
            window = window[1..];
            var length = window.IndexOfAny(quote, '\n');
            if (length < 0) length = window.Length;
            if (length > 0 && window[length - 1] == '\\') length--;
            return TryTake(window[..length], start + 1, isStrong || length >= 8, out sensitive);
        }

        var end = window.IndexOfAny(ValueEnds);
        var value = end < 0 ? window : window[..end];
        if (value.IsEmpty || value[0] is '$' or '%' or '*' or '@' or '=' || (end >= 0 && window[end] == '(')) return false;
        var hasDigit = value.IndexOfAnyInRange('0', '9') >= 0;
        var endsPhrase = end < 0 || window[end] != ' ';

        // Unquoted, a word after "password:" may be prose; after "token" it often is.
        var isValue = isStrong ? isAssignment || hasDigit || endsPhrase : value.Length >= 8 && hasDigit;
        return TryTake(value, start, isValue, out sensitive);
    }

    private static bool TryTake(ReadOnlySpan<char> value, int start, bool isValue, out Sensitive sensitive)
    {
        sensitive = default;
        if (!isValue || Placeholders.Begin(value) || Placeholders.Hidden(value) || value.StartsWith("${", StringComparison.Ordinal)) return false;
        foreach (var none in NoSecrets)
        {
            if (value.Equals(none, StringComparison.OrdinalIgnoreCase)) return false;
        }

        sensitive = new Sensitive(start, start + value.Length, Placeholders.Secret);
        return true;
    }
}
