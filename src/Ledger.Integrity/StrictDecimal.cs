using System.Globalization;

namespace Ledger.Integrity;

/// <summary>
/// ASCII decimal without sign and without leading zeroes, so that one number has one text. Stricter than .NET's parser, which
/// also lets NUL characters follow.
/// </summary>
internal static class StrictDecimal
{
    public static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        return text is not ['0', _, ..] && !text.ContainsAnyExceptInRange('0', '9')
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
