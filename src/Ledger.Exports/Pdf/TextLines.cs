namespace Ledger.Exports.Pdf;

/// <summary>Breaks text into lines that fit a width: at spaces, and within what is too long for a line of its own.</summary>
internal static class TextLines
{
    public static IReadOnlyList<string> Break(string text, PdfFont font, double size, double width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(PdfFont.Spell(word), font, size, width)))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (font.Width(longer, size) <= width)
                {
                    line = longer;
                    continue;
                }

                lines.Add(line);
                line = word;
            }

            lines.Add(line);
        }

        return lines;
    }

    private static IEnumerable<string> Pieces(string word, PdfFont font, double size, double width)
    {
        while (font.Width(word, size) > width)
        {
            var length = word.Length - 1;
            while (length > 1 && font.Width(word[..length], size) > width) length--;
            yield return word[..length];
            word = word[length..];
        }

        yield return word;
    }
}
