using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Ledger.Integrity.Canonical;

/// <summary>Numbers as RFC 8785 §3.2.2.3 writes them: the double nearest to the text, as ECMAScript's Number::toString prints it.</summary>
internal static class CanonicalNumber
{
    // Every integer of at most 15 digits is a double, and its shortest text is its digits.
    private const int ExactDigitsMax = 15;
    private const int ShortestDigitsMax = 17;
    private const int TextLengthMax = 32;
    private const int LeadingZeroesMax = 5; // 0.000001 is written so, and a tenth of it 1e-7

    /// <param name="text">A number of JSON's grammar.</param>
    /// <param name="output">Receives the canonical text.</param>
    /// <param name="error">What is wrong when the answer is false.</param>
    public static bool TryWrite(ReadOnlySpan<byte> text, GrowingBuffer output, [NotNullWhen(false)] out string? error)
    {
        error = null;
        var isInteger = !text.ContainsAny((byte)'.', (byte)'e', (byte)'E');
        if (isInteger && text.Length <= ExactDigitsMax)
        {
            output.Write(text is [(byte)'-', (byte)'0'] ? text[1..] : text);
            return true;
        }

        if (IsCanonicalDecimal(text))
        {
            output.Write(text);
            return true;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            error = $"the number {Shorten(text)} is beyond a double: write it as a string";
            return false;
        }

        Span<byte> digits = stackalloc byte[ShortestDigitsMax];
        var (count, point) = ShortestDigits(Math.Abs(value), digits);
        digits = digits[..count];
        if (isInteger && !IsWrittenAs(text, digits))
        {
            // Past 2^53 a double skips integers; silently becoming a neighbour is the one thing a ledger may not do.
            error = $"the integer {Shorten(text)} is beyond 2^53 and would lose precision: write it as a string";
            return false;
        }

        output.Advance(Format(value, digits, point, output.Reserve(TextLengthMax)));
        return true;
    }

    // Decimals of at most 15 significant digits are told apart by doubles, so the shortest text of theirs is their own: as long as it
    // neither ends in a zero nor is so small that Number::toString writes an exponent.
    private static bool IsCanonicalDecimal(ReadOnlySpan<byte> text)
    {
        if (text[0] == '-') text = text[1..];
        var point = text.IndexOf((byte)'.');
        return point > 0
            && text.Length <= ExactDigitsMax + 1
            && text[^1] != '0'
            && !text.ContainsAny((byte)'e', (byte)'E')
            && (text[0] != '0' || text[(point + 1)..].IndexOfAnyExcept((byte)'0') <= LeadingZeroesMax);
    }

    // Whether the integer is the digits and then only zeroes. An integer past 10^21 passes where it is what its canonical form, which
    // has an exponent, stands for: so PostgreSQL's jsonb, which writes such numbers out, gives back what was canonical.
    private static bool IsWrittenAs(ReadOnlySpan<byte> integer, ReadOnlySpan<byte> digits)
    {
        if (integer[0] == '-') integer = integer[1..];
        return integer.StartsWith(digits) && !integer[digits.Length..].ContainsAnyExcept((byte)'0');
    }

    // ECMA-262 §6.1.6.1.20, Number::toString(value, 10), for a finite value of these digits.
    private static int Format(double value, ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        if (value == 0)
        {
            destination[0] = (byte)'0'; // Also for -0.
            return 1;
        }

        destination[0] = (byte)'-';
        var sign = value < 0 ? 1 : 0;
        var target = destination[sign..];
        return sign + (point switch
        {
            > 0 and <= 21 when digits.Length <= point => WriteInteger(digits, point, target),
            > 0 and <= 21 => WriteDecimal(digits, point, target),
            > -6 and <= 0 => WriteFraction(digits, -point, target),
            _ => WriteExponent(digits, point - 1, target),
        });
    }

    // The shortest digits that read back as the value, which is 0.d1d2… × 10^point; no digits for 0.
    private static (int Count, int Point) ShortestDigits(double value, Span<byte> digits)
    {
        Span<byte> text = stackalloc byte[TextLengthMax];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        text = text[..length];

        var exponent = 0;
        if (text.IndexOf((byte)'E') is var mark and >= 0)
        {
            exponent = int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..mark];
        }

        var count = 0;
        var point = 0;
        var afterPoint = false;
        foreach (var c in text)
        {
            if (c == '.')
            {
                afterPoint = true;
            }
            else if (count == 0 && c == '0')
            {
                if (afterPoint) point--;
            }
            else
            {
                digits[count++] = c;
                if (!afterPoint) point++;
            }
        }

        while (count > 0 && digits[count - 1] == '0') count--;
        return (count, point + exponent);
    }

    private static int WriteInteger(ReadOnlySpan<byte> digits, int length, Span<byte> target)
    {
        digits.CopyTo(target);
        target[digits.Length..length].Fill((byte)'0');
        return length;
    }

    private static int WriteDecimal(ReadOnlySpan<byte> digits, int point, Span<byte> target)
    {
        digits[..point].CopyTo(target);
        target[point] = (byte)'.';
        digits[point..].CopyTo(target[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int WriteFraction(ReadOnlySpan<byte> digits, int zeros, Span<byte> target)
    {
        "0."u8.CopyTo(target);
        target.Slice(2, zeros).Fill((byte)'0');
        digits.CopyTo(target[(2 + zeros)..]);
        return 2 + zeros + digits.Length;
    }

    private static int WriteExponent(ReadOnlySpan<byte> digits, int exponent, Span<byte> target)
    {
        var length = digits.Length == 1 ? WriteInteger(digits, 1, target) : WriteDecimal(digits, 1, target);
        target[length++] = (byte)'e';
        target[length++] = exponent < 0 ? (byte)'-' : (byte)'+';
        Math.Abs(exponent).TryFormat(target[length..], out var written, default, CultureInfo.InvariantCulture);
        return length + written;
    }

    private static string Shorten(ReadOnlySpan<byte> text) =>
        text.Length <= TextLengthMax ? Encoding.ASCII.GetString(text) : $"{Encoding.ASCII.GetString(text[..TextLengthMax])}…";
}
