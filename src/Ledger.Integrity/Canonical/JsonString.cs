using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Ledger.Integrity.Canonical;

/// <summary>Strings as RFC 8785 §3.2.2.2 writes them: only what JSON must escape is escaped, in the shortest way, hex in lower case.</summary>
internal static class JsonString
{
    private static readonly SearchValues<byte> MustEscape = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    /// <summary>The most bytes a string of this many UTF-8 bytes can take, quotes included.</summary>
    public static int MaxEscapedLength(int utf8Length) => checked((utf8Length * 6) + 2);

    /// <summary>Writes <paramref name="utf8"/> quoted and escaped to <paramref name="destination"/>, which has room for the worst case.</summary>
    /// <returns>The bytes written.</returns>
    public static int WriteEscaped(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        destination[0] = (byte)'"';
        var length = 1;
        while (true)
        {
            var plain = utf8.IndexOfAny(MustEscape);
            var run = plain < 0 ? utf8 : utf8[..plain];
            run.CopyTo(destination[length..]);
            length += run.Length;
            if (plain < 0) break;
            length += WriteEscape(utf8[plain], destination[length..]);
            utf8 = utf8[(plain + 1)..];
        }

        destination[length++] = (byte)'"';
        return length;
    }

    public static void WriteEscaped(ReadOnlySpan<byte> utf8, GrowingBuffer output) =>
        output.Advance(WriteEscaped(utf8, output.Reserve(MaxEscapedLength(utf8.Length))));

    /// <summary>Appends what the inside of a JSON string stands for, as UTF-8. The escapes are known to be well formed.</summary>
    /// <returns>False for a lone surrogate or U+0000; <paramref name="output"/> may then hold a part.</returns>
    public static bool TryUnescape(ReadOnlySpan<byte> escaped, GrowingBuffer output, [NotNullWhen(false)] out string? error)
    {
        error = null;
        var room = output.Reserve(escaped.Length); // An escape is never shorter than what it stands for.
        var length = 0;
        while (true)
        {
            var backslash = escaped.IndexOf((byte)'\\');
            var run = backslash < 0 ? escaped : escaped[..backslash];
            run.CopyTo(room[length..]);
            length += run.Length;
            if (backslash < 0) break;
            escaped = escaped[(backslash + 1)..];
            if (escaped[0] != (byte)'u')
            {
                room[length++] = Unescape(escaped[0]);
                escaped = escaped[1..];
                continue;
            }

            if (!TryReadCodePoint(ref escaped, out var rune, out error)) return false;
            length += rune.EncodeToUtf8(room[length..]);
        }

        output.Advance(length);
        return true;
    }

    private static bool TryReadCodePoint(ref ReadOnlySpan<byte> escaped, out Rune rune, [NotNullWhen(false)] out string? error)
    {
        var unit = (char)ReadHex(escaped[1..5]);
        escaped = escaped[5..];
        error = unit == '\0' ? "a string holds \\u0000, which PostgreSQL's jsonb cannot store" : null;
        if (Rune.TryCreate(unit, out rune)) return error is null;
        if (escaped.StartsWith("\\u"u8) && Rune.TryCreate(unit, (char)ReadHex(escaped[2..6]), out rune))
        {
            escaped = escaped[6..];
            return true;
        }

        error = string.Create(CultureInfo.InvariantCulture, $"a string holds the lone surrogate \\u{(int)unit:x4}, which is not a character");
        return false;
    }

    private static int ReadHex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits) value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        return value;
    }

    private static byte Unescape(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'t' => (byte)'\t',
        (byte)'n' => (byte)'\n',
        (byte)'f' => (byte)'\f',
        (byte)'r' => (byte)'\r',
        _ => escape,
    };

    private static int WriteEscape(byte value, Span<byte> destination)
    {
        destination[0] = (byte)'\\';
        destination[1] = value switch
        {
            (byte)'\b' => (byte)'b',
            (byte)'\t' => (byte)'t',
            (byte)'\n' => (byte)'n',
            (byte)'\f' => (byte)'f',
            (byte)'\r' => (byte)'r',
            (byte)'"' or (byte)'\\' => value,
            _ => (byte)'u',
        };
        if (destination[1] != (byte)'u') return 2;
        "00"u8.CopyTo(destination[2..]);
        destination[4] = (byte)('0' + (value >> 4));
        destination[5] = "0123456789abcdef"u8[value & 0xF];
        return 6;
    }
}
