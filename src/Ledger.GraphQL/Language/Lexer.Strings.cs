using System.Globalization;
using System.Text;

namespace Ledger.GraphQL.Language;

// StringValue (§2.9.4): quoted strings with their escapes, and block strings.
internal ref partial struct Lexer
{
    private void ReadStringOrBlockString()
    {
        if (_text[_position..].StartsWith("\"\"\""u8)) ReadBlockString();
        else ReadString();
    }

    private void ReadString()
    {
        var offset = _position + 1;
        StringBuilder? value = null;
        while (true)
        {
            var rest = _text[offset..];
            var stop = rest.IndexOfAny("\"\\\n\r"u8);
            if (stop < 0 || rest[stop] is (byte)'\n' or (byte)'\r')
            {
                Fail("Unterminated string.", offset + (stop < 0 ? rest.Length : stop));
                return;
            }

            var plain = Encoding.UTF8.GetString(rest[..stop]);
            offset += stop;
            if (rest[stop] == '"')
            {
                StringValue = value is null ? plain : value.Append(plain).ToString();
                Take(TokenKind.String, offset + 1 - _position);
                return;
            }

            value = (value ?? new StringBuilder()).Append(plain);
            if (!ReadEscape(ref offset, value)) return;
        }
    }

    private bool ReadEscape(ref int offset, StringBuilder value)
    {
        if (At(offset + 1) == 'u') return At(offset + 2) == '{' ? ReadBracedEscape(ref offset, value) : ReadFixedEscape(ref offset, value);
        var character = At(offset + 1) switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => '\0',
        };
        if (character == '\0')
        {
            Fail($"Invalid character escape sequence: \"{Characters(offset, 2)}\".", offset);
            return false;
        }

        value.Append(character);
        offset += 2;
        return true;
    }

    // \u{…}: any Unicode scalar value, so no surrogate.
    private bool ReadBracedEscape(ref int offset, StringBuilder value)
    {
        const int LengthMax = 12;
        var point = 0;
        var length = 3;
        while (length < LengthMax)
        {
            var c = At(offset + length++);
            if (c == '}' && length >= 5 && Rune.IsValid(point))
            {
                value.Append(new Rune(point).ToString());
                offset += length;
                return true;
            }

            point = c == '}' ? -1 : (point << 4) | HexDigit(c);
            if (point < 0) break;
        }

        return FailEscape(offset, length);
    }

    // \uXXXX: a scalar value, or the two halves of a surrogate pair. A half alone stands for nothing.
    private bool ReadFixedEscape(ref int offset, StringBuilder value)
    {
        var code = HexQuad(offset + 2);
        if (Rune.IsValid(code))
        {
            value.Append((char)code);
            offset += 6;
            return true;
        }

        if (code >= 0 && char.IsHighSurrogate((char)code) && At(offset + 6) == '\\' && At(offset + 7) == 'u'
            && HexQuad(offset + 8) is var low and >= 0 && char.IsLowSurrogate((char)low))
        {
            value.Append((char)code).Append((char)low);
            offset += 12;
            return true;
        }

        return FailEscape(offset, 6);
    }

    private bool FailEscape(int offset, int length)
    {
        Fail($"Invalid Unicode escape sequence: \"{Characters(offset, length)}\".", offset);
        return false;
    }

    private readonly int HexQuad(int offset) =>
        (HexDigit(At(offset)) << 12) | (HexDigit(At(offset + 1)) << 8) | (HexDigit(At(offset + 2)) << 4) | HexDigit(At(offset + 3));

    // The digit's value; negative, and so is everything it is combined with, where it is none.
    private static int HexDigit(int c) => c is >= 0 and <= 0x7F && char.IsAsciiHexDigit((char)c)
        ? int.Parse([(char)c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : -1;

    // Up to so many characters from an offset; never half of one.
    private readonly string Characters(int offset, int count)
    {
        var text = Encoding.UTF8.GetString(_text.Slice(offset, Math.Min(count * 4, _text.Length - offset)));
        return text[..Math.Min(count, text.Length)];
    }

    private void ReadBlockString()
    {
        var offset = _position + 3;
        var raw = new StringBuilder();
        while (true)
        {
            var rest = _text[offset..];
            var quotes = rest.IndexOf("\"\"\""u8);
            if (quotes < 0)
            {
                Fail("Unterminated string.", _text.Length);
                return;
            }

            var isEscaped = quotes > 0 && rest[quotes - 1] == '\\';
            raw.Append(Encoding.UTF8.GetString(rest[..(isEscaped ? quotes - 1 : quotes)]));
            offset += quotes + 3;
            if (!isEscaped) break;
            raw.Append("\"\"\"");
        }

        StringValue = BlockString.Dedent(raw.ToString());
        Take(TokenKind.BlockString, offset - _position);
    }
}
