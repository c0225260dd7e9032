namespace Ledger.Cli.Output;

/// <summary>Where results are written: for a person at a terminal, or plain and stable for whatever reads a pipe.</summary>
internal abstract class Screen
{
    public static Screen For(Surroundings here) => here.OutIsTerminal ? new TerminalScreen(here) : new PlainScreen(here.Out);

    /// <summary>Writes one line.</summary>
    public abstract void Line(params ReadOnlySpan<Piece> pieces);

    /// <summary>Writes a table; nothing at all when it has no rows.</summary>
    /// <param name="columns">The headings, in lower case.</param>
    /// <param name="rows">Each with one piece for each column.</param>
    public abstract void Table(IReadOnlyList<string> columns, IReadOnlyList<Piece[]> rows);

    /// <summary>Writes facts, one a line, each with its name before it; those without a value are left out.</summary>
    public void Facts(params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        var width = 0;
        foreach (var (name, value) in facts)
            if (value is not null) width = Math.Max(width, name.Length);
        foreach (var (name, value) in facts)
            if (value is not null) Line(new Piece("  " + name.PadRight(width + 2), Tone.Quiet), value);
    }
}
