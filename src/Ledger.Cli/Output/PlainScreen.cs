namespace Ledger.Cli.Output;

/// <summary>Plain text, the same whatever the machine: columns apart by two blanks, no blanks at the end of a line.</summary>
internal sealed class PlainScreen(TextWriter output) : Screen
{
    private const string Gap = "  ";

    public override void Line(params ReadOnlySpan<Piece> pieces)
    {
        foreach (var piece in pieces) output.Write(piece.Text);
        output.Write('\n');
    }

    public override void Table(IReadOnlyList<string> columns, IReadOnlyList<Piece[]> rows)
    {
        if (rows.Count == 0) return;
        var widths = columns.Select((name, column) => Math.Max(name.Length, rows.Max(row => row[column].Text.Length))).ToArray();
        Row([.. columns.Select(name => name.ToUpperInvariant())], widths);
        foreach (var row in rows) Row([.. row.Select(piece => piece.Text)], widths);
    }

    private void Row(string[] cells, int[] widths)
    {
        var line = string.Concat(cells.Select((cell, column) => Gap + cell.PadRight(widths[column])));
        output.Write(line.TrimEnd());
        output.Write('\n');
    }
}
