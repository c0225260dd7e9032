namespace Ledger.Exports.Pdf;

/// <summary>A column of a table.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Width">In points.</param>
internal sealed record TableColumn(string Title, double Width);

/// <summary>A paragraph of a cell.</summary>
internal sealed record CellText(string Text, PdfFont Font, double Size = CellText.SizeByDefault, double Gray = 0)
{
    public const double SizeByDefault = 8.5;

    public static CellText Plain(string text) => new(text, PdfFont.Regular);

    public static CellText Strong(string text) => new(text, PdfFont.Bold);

    public static CellText Minor(string text) => new(text, PdfFont.Regular, 7.5, 0.35);

    public static CellText Digest(string text) => new(text, PdfFont.Mono, 6.5, 0.2);
}
