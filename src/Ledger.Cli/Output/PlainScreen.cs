namespace Ledger.Cli.Output;

/// <summary>Plain text, the same whatever the machine: columns apart by two blanks, a table between empty lines.</summary>
internal sealed class PlainScreen(TextWriter output) : Screen
{
    private const string Gap = "  ";
    private Above _above = Above.Nothing;

    private enum Above
    {
        Nothing,
        Line,
        Table,
    }

    public override void Line(params ReadOnlySpan<Piece> pieces)
    {
        if (_above == Above.Table) output.Write('\n');
        foreach (var piece in pieces) output.Write(piece.Text);
        output.Write('\n');
        _above = Above.Line;
    }

    public override void Table(IReadOnlyList<string> columns, IReadOnlyList<Piece[]> rows)
    {
        if (rows.Count == 0) return;
        if (_above != Above.Nothing) output.Write('\n');
        _above = Above.Table;
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
