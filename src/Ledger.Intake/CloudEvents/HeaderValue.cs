using System.Text;

namespace Ledger.Intake.CloudEvents;

/// <summary>An attribute's value as an HTTP header carries it (HTTP binding, section 3.1.3.2 "HTTP Header Values").</summary>
internal static class HeaderValue
{
    /// <summary>Takes a double-quoted string apart and decodes percent signs once.</summary>
    /// <returns>Null where a quote does not close, a percent sign begins no encoded byte, a character is not printable ASCII, or the bytes are not UTF-8.</returns>
    public static string? TryDecode(string header)
    {
        if (header.Any(c => c is < ' ' or > '~') || Unquote(header.Trim(' ')) is not { } text) return null;
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes[length++] = (byte)text[i];
                continue;
            }

            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])) return null;
            bytes[length++] = Convert.FromHexString(text.AsSpan(i + 1, 2))[0];
            i += 2;
        }

        var decoded = bytes.AsSpan(0, length);
        return System.Text.Unicode.Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
    }

    // RFC 7230, section 3.2.6. Older senders quote where newer ones encode.
    private static string? Unquote(string text)
    {
        if (!text.StartsWith('"')) return text;
        var unquoted = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"') return i == text.Length - 1 ? unquoted.ToString() : null;
            if (text[i] == '\\' && ++i == text.Length) return null;
            unquoted.Append(text[i]);
        }

        return null;
    }
}
