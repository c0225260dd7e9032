using System.Globalization;
using System.Text;

namespace Ledger.Exports.Pdf;

/// <summary>What is drawn on one A4 page (ISO 32000-1 §8, §9). Lengths are in points, y counts from the top.</summary>
internal sealed class PdfPage
{
    public const double Width = 595;
    public const double Height = 842;

    private readonly StringBuilder _content = new();

    /// <summary>Whether letters beyond WinAnsiEncoding are on it.</summary>
    public bool IsExtended { get; private set; }

    public string Content => _content.ToString();

    /// <summary>Writes one line of text, its baseline at <paramref name="y"/>.</summary>
    public void Text(double x, double y, PdfFont font, double size, string text, double gray = 0)
    {
        Append($"BT {gray:0.##} g {x:0.##} {Height - y:0.##} Td ");
        var spelled = PdfFont.Spell(text);
        for (var from = 0; from < spelled.Length;)
        {
            var isExtended = PdfFont.WinAnsi(spelled[from]) is null;
            var to = from;
            while (to < spelled.Length && PdfFont.WinAnsi(spelled[to]) is null == isExtended) to++;
            IsExtended |= isExtended;
            Append($"/{font.Resource}{(isExtended ? "x" : "")} {size:0.##} Tf <{Codes(spelled.AsSpan(from, to - from))}> Tj ");
            from = to;
        }

        _content.Append("ET\n");
    }

    public void Line(double x1, double y, double x2, double width = 0.5, double gray = 0.6) =>
        Append($"{gray:0.##} G {width:0.##} w {x1:0.##} {Height - y:0.##} m {x2:0.##} {Height - y:0.##} l S\n");

    public void Fill(double x, double y, double width, double height, double gray) =>
        Append($"{gray:0.##} g {x:0.##} {Height - y - height:0.##} {width:0.##} {height:0.##} re f\n");

    private static string Codes(ReadOnlySpan<char> text)
    {
        var codes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++) codes[i] = PdfFont.WinAnsi(text[i]) ?? (byte)(text[i] - LatinExtended.First + LatinExtended.FirstCode);
        return Convert.ToHexString(codes);
    }

    private void Append(FormattableString operators) => _content.Append(operators.ToString(CultureInfo.InvariantCulture));
}
