using Spectre.Console;

namespace Ledger.Cli.Output;

/// <summary>A terminal: colour unless <c>NO_COLOR</c> is set (no-color.org) or the terminal is dumb; tables fit its width.</summary>
internal sealed class TerminalScreen : Screen
{
    // A line is left for the terminal to wrap, so that a digest is copied whole.
    private const int LineWidth = 1 << 16;

    private readonly IAnsiConsole _console;
    private readonly int _tableWidth;

    /// <param name="here">Where it is.</param>
    /// <param name="isLive">Whether lines may be written over, as a progress bar does.</param>
    public TerminalScreen(Surroundings here, bool isLive = false)
    {
        var plain = here.Variable("NO_COLOR") is not null || here.Variable("TERM") is null or "dumb";
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(here.Out),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Yes,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
            Interactive = isLive ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        _tableWidth = here.Width ?? _console.Profile.Width;
    }

    /// <summary>The terminal itself, for what moves.</summary>
    public IAnsiConsole Console => _console;

    /// <summary>Whether it understands what moves the cursor.</summary>
    public bool MovesCursor => _console.Profile.Capabilities.Ansi;

    public override void Line(params ReadOnlySpan<Piece> pieces)
    {
        var paragraph = new Paragraph();
        _console.Profile.Width = LineWidth;
        foreach (var piece in pieces) paragraph.Append(piece.Text, StyleOf(piece.Tone));
        _console.Write(paragraph);
        _console.WriteLine();
    }

    public override void Table(IReadOnlyList<string> columns, IReadOnlyList<Piece[]> rows)
    {
        if (rows.Count == 0) return;
        var table = new Table { Border = TableBorder.Simple, BorderStyle = StyleOf(Tone.Quiet) };
        foreach (var name in columns) table.AddColumn(new TableColumn(new Text(name, StyleOf(Tone.Quiet))));
        foreach (var row in rows) table.AddRow(row.Select(piece => new Text(piece.Text, StyleOf(piece.Tone))));
        _console.Profile.Width = _tableWidth;
        _console.Write(table);
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Quiet => new Style(Color.Grey),
        Tone.Good => new Style(Color.Green),
        Tone.Bad => new Style(Color.Red),
        Tone.Waiting => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}
