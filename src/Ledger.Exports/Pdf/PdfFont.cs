using System.Globalization;
using System.Text;

namespace Ledger.Exports.Pdf;

/// <summary>
/// One of the standard fonts. Text is written in WinAnsiEncoding, and Latin letters beyond it in an encoding of their own; any other
/// character is written out as <c>U+XXXX</c>, so that nothing is dropped from a record unseen.
/// </summary>
internal sealed class PdfFont
{
    // Codes 128 to 159 of WinAnsiEncoding; U+0000 where it has none (ISO 32000-1, annex D.2).
    private const string High = "\u20AC\0\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\0\u017D\0\0\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\0\u017E\u0178";

    private readonly ushort[] _widths;

    private PdfFont(string resource, string name, ReadOnlySpan<ushort> widths) => (Resource, Name, _widths) = (resource, name, widths.ToArray());

    public static PdfFont Regular { get; } = new("F1", "Helvetica", FontMetrics.Regular);

    public static PdfFont Bold { get; } = new("F2", "Helvetica-Bold", FontMetrics.Bold);

    public static PdfFont Mono { get; } = new("F3", "Courier", []);

    public static IReadOnlyList<PdfFont> All { get; } = [Regular, Bold, Mono];

    /// <summary>What a page calls it; with an <c>x</c> after it, the encoding of further letters.</summary>
    public string Resource { get; }

    /// <summary>Its PostScript name.</summary>
    public string Name { get; }

    /// <summary>The width of a text, in the unit of <paramref name="size"/>.</summary>
    public double Width(string text, double size) => Spell(text).Sum(WidthOf) * size / 1000;

    /// <summary>The text as it can be written: what no encoding has is written out.</summary>
    public static string Spell(string text)
    {
        if (text.All(IsWritable)) return text;
        var spelled = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && IsWritable((char)rune.Value)) spelled.Append((char)rune.Value);
            else if (rune.Value is '\t' or '\n' or '\r') spelled.Append(' ');
            else spelled.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
        }

        return spelled.ToString();
    }

    /// <summary>The widths of the codes 32 to 255 in the further encoding.</summary>
    public IEnumerable<int> ExtendedWidths() => Enumerable.Range(FontMetrics.FirstCode, 256 - FontMetrics.FirstCode)
        .Select(code => WidthOf(code < LatinExtended.FirstCode ? (char)code : (char)(LatinExtended.First + code - LatinExtended.FirstCode)));

    /// <summary>The code of a character in WinAnsiEncoding; null where it has none.</summary>
    public static byte? WinAnsi(char character) => character switch
    {
        >= ' ' and <= '~' or >= '\u00A0' and <= '\u00FF' => (byte)character,
        '\0' => null,
        _ => High.IndexOf(character, StringComparison.Ordinal) is >= 0 and var at ? (byte)(128 + at) : null,
    };

    private static bool IsWritable(char character) => WinAnsi(character) is not null || character is >= LatinExtended.First and <= LatinExtended.Last;

    private int WidthOf(char character)
    {
        if (_widths.Length == 0) return FontMetrics.Mono;
        return WinAnsi(character) is { } code
            ? _widths[code - FontMetrics.FirstCode]
            : character is >= LatinExtended.First and <= LatinExtended.Last ? LatinExtended.Base(character).Sum(letter => _widths[letter - FontMetrics.FirstCode]) : 0;
    }
}
