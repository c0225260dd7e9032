using System.Globalization;

namespace Ledger.Exports.Pdf;

/// <summary>Sets text and tables from top to bottom over as many pages as they need; rows of a table are kept whole where a page can hold them.</summary>
internal sealed class Sheet
{
    public const double Margin = 48;
    public const double TextWidth = PdfPage.Width - (2 * Margin);

    private const double Top = 56;
    private const double Bottom = PdfPage.Height - 64;
    private const double Leading = 1.28;
    private const double Padding = 3.5;

    private readonly List<PdfPage> _pages = [];
    private double _y;

    public Sheet() => NewPage();

    public IReadOnlyList<PdfPage> Pages => _pages;

    public void Title(string text, string below)
    {
        Paragraph(text, PdfFont.Bold, 20);
        Paragraph(below, PdfFont.Regular, 11, 0.35);
        Space(8);
    }

    public void Heading(string text)
    {
        // A heading never stands alone at the foot of a page.
        if (_y > Bottom - 90) NewPage();
        Space(12);
        Paragraph(text, PdfFont.Bold, 12.5);
        _pages[^1].Line(Margin, _y + 1, PdfPage.Width - Margin, 0.8, 0.3);
        Space(6);
    }

    public void Paragraph(string text, PdfFont font, double size, double gray = 0)
    {
        foreach (var line in TextLines.Break(text, font, size, TextWidth))
        {
            Reserve(size * Leading);
            _y += size * Leading;
            _pages[^1].Text(Margin, _y - (size * (Leading - 1)), font, size, line, gray);
        }
    }

    public void Note(string text) => Paragraph(text, PdfFont.Regular, 8, 0.35);

    public void Space(double height) => _y += height;

    /// <summary>Names at the left, what they are at the right.</summary>
    public void Facts(IEnumerable<(string Name, CellText[] Value)> facts)
    {
        foreach (var (name, value) in facts) Row([new TableColumn("", 112), new TableColumn("", TextWidth - 112)], [[new CellText(name, PdfFont.Regular, 8.5, 0.35)], value], isRuled: false);
    }

    /// <summary>A table; its titles are repeated on each page.</summary>
    public void Table(IReadOnlyList<TableColumn> columns, IReadOnlyList<CellText[][]> rows)
    {
        Titles(columns);
        foreach (var row in rows) Row(columns, row, isRuled: true);
        Space(4);
    }

    /// <summary>Writes at the foot of every page what the document is, and which page of how many.</summary>
    public void Footers(string left, string below)
    {
        for (var i = 0; i < _pages.Count; i++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"page {i + 1} of {_pages.Count}");
            _pages[i].Line(Margin, Bottom + 14, PdfPage.Width - Margin);
            _pages[i].Text(Margin, Bottom + 26, PdfFont.Regular, 7.5, left, 0.3);
            _pages[i].Text(PdfPage.Width - Margin - PdfFont.Regular.Width(number, 7.5), Bottom + 26, PdfFont.Regular, 7.5, number, 0.3);
            _pages[i].Text(Margin, Bottom + 37, PdfFont.Mono, 6.5, below, 0.3);
        }
    }

    private void Titles(IReadOnlyList<TableColumn> columns)
    {
        Reserve(40);
        _pages[^1].Fill(Margin, _y, TextWidth, 15, 0.92);
        var x = Margin;
        foreach (var column in columns)
        {
            _pages[^1].Text(x + Padding, _y + 10.5, PdfFont.Bold, 8, column.Title);
            x += column.Width;
        }

        _y += 15;
    }

    private void Row(IReadOnlyList<TableColumn> columns, CellText[][] cells, bool isRuled)
    {
        var lines = cells.Select((cell, i) => Lines(cell, columns[i].Width).ToList()).ToList();
        var height = lines.Max(cell => cell.Sum(line => line.Size * Leading));
        if (_y + height + Padding > Bottom && height < Bottom - Top - 40) Break(columns, isRuled);

        // What is longer than a page goes on over the next ones, line by line.
        var next = new int[lines.Count];
        while (true)
        {
            var x = Margin;
            var lowest = _y;
            for (var i = 0; i < lines.Count; i++)
            {
                var y = _y + Padding;
                while (next[i] < lines[i].Count && y + (lines[i][next[i]].Size * Leading) <= Bottom)
                {
                    var line = lines[i][next[i]++];
                    y += line.Size * Leading;
                    _pages[^1].Text(x + Padding, y - (line.Size * (Leading - 1)), line.Font, line.Size, line.Text, line.Gray);
                }

                lowest = Math.Max(lowest, y);
                x += columns[i].Width;
            }

            _y = lowest + (isRuled ? Padding : 0);
            if (isRuled) _pages[^1].Line(Margin, _y, PdfPage.Width - Margin, 0.4, 0.8);
            if (lines.Select((cell, i) => next[i] == cell.Count).All(isDone => isDone)) return;
            Break(columns, isRuled);
        }
    }

    private void Break(IReadOnlyList<TableColumn> columns, bool isRuled)
    {
        NewPage();
        if (isRuled) Titles(columns);
    }

    private static IEnumerable<CellText> Lines(CellText[] cell, double width) =>
        cell.SelectMany(text => TextLines.Break(text.Text, text.Font, text.Size, width - (2 * Padding)).Select(line => text with { Text = line }));

    private void Reserve(double height)
    {
        if (_y + height > Bottom) NewPage();
    }

    private void NewPage()
    {
        _pages.Add(new PdfPage());
        _y = Top;
    }
}
