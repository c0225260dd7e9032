using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Exports.Pdf;

/// <summary>
/// Writes pages as a PDF 1.7 file (ISO 32000-1 §7.5): the standard fonts, nothing compressed, no clock and no random identifier, so that the same pages are the
/// same bytes on every machine.
/// </summary>
internal static class PdfFile
{
    private const int Catalog = 1;
    private const int Pages = 2;
    private const int Info = 3;
    private const int FirstFont = 4;

    /// <param name="title">The document's title.</param>
    /// <param name="created">The time that it states as its own: of what it shows, not of the export.</param>
    /// <param name="pages">At least one.</param>
    public static byte[] Write(string title, DateTimeOffset created, IReadOnlyList<PdfPage> pages)
    {
        var isExtended = pages.Any(page => page.IsExtended);
        var fonts = PdfFont.All.SelectMany((font, i) => Fonts(font, FirstFont + (3 * i), isExtended)).ToList();
        var firstPage = FirstFont + fonts.Count;
        var resources = string.Concat(fonts.Select((font, i) => (font.Resource, Number: FirstFont + i)).Where(font => font.Resource is not null).Select(font => $"/{font.Resource} {font.Number} 0 R "));

        List<string> objects =
        [
            $"<< /Type /Catalog /Pages {Pages} 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>",
            $"<< /Type /Pages /Kids [{string.Join(' ', pages.Select((_, i) => $"{firstPage + (2 * i)} 0 R"))}] /Count {pages.Count} >>",
            $"<< /Title {Text(title)} /Producer (Ledger) /CreationDate (D:{created.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}Z) >>",
            .. fonts.Select(font => font.Body),
        ];
        for (var i = 0; i < pages.Count; i++)
        {
            objects.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent {Pages} 0 R /MediaBox [0 0 {PdfPage.Width} {PdfPage.Height}] /Resources << /Font << {resources}>> >> /Contents {firstPage + (2 * i) + 1} 0 R >>"));
            objects.Add($"<< /Length {pages[i].Content.Length} >>\nstream\n{pages[i].Content}\nendstream");
        }

        return Assemble(objects);
    }

    // A font in WinAnsiEncoding and, where it is needed, once more with the further letters, whose encoding is an object between.
    private static IEnumerable<(string? Resource, string Body)> Fonts(PdfFont font, int number, bool isExtended)
    {
        yield return (font.Resource, $"<< /Type /Font /Subtype /Type1 /BaseFont /{font.Name} /Encoding /WinAnsiEncoding >>");
        yield return (null, isExtended ? $"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences {LatinExtended.Differences} >>" : "null");
        yield return isExtended
            ? ($"{font.Resource}x", $"<< /Type /Font /Subtype /Type1 /BaseFont /{font.Name} /FirstChar {FontMetrics.FirstCode} /LastChar 255 /Widths [{string.Join(' ', font.ExtendedWidths())}] /Encoding {number + 1} 0 R >>")
            : (null, "null");
    }

    private static byte[] Assemble(List<string> objects)
    {
        var file = new StringBuilder("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        // §14.4 asks for an identifier: that of the content serves, and does not change by itself.
        var id = Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(file.ToString())).AsSpan(0, 16));
        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root {Catalog} 0 R /Info {Info} 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    // Text strings outside of pages are UTF-16 with a byte order mark (§7.9.2.2).
    private static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
}
