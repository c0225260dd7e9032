using System.Globalization;
using System.Text;

namespace Ledger.Cli.Output;

/// <summary>
/// Text of others, made safe to print: a release's summary may hold escape sequences that repaint a terminal, line breaks that forge a
/// line, or marks that turn the direction of writing round.
/// </summary>
internal static class SafeText
{
    /// <summary>The text with everything that is not to be seen written as <c>\u{hex}</c>; line breaks and tabs as <c>\n</c> and <c>\t</c>.</summary>
    public static string Of(string text)
    {
        if (!text.EnumerateRunes().Any(IsUnsafe)) return text;
        var safe = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsUnsafe(rune)) safe.Append(rune);
            else if (rune.Value == '\n') safe.Append(@"\n");
            else if (rune.Value == '\t') safe.Append(@"\t");
            else safe.Append(CultureInfo.InvariantCulture, $@"\u{{{rune.Value:x}}}");
        }

        return safe.ToString();
    }

    // A lone surrogate is enumerated as U+FFFD, which is safe. The zero-width joiner stays: it holds letters of several scripts together.
    private static bool IsUnsafe(Rune rune) => rune.Value != 0x200d && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
