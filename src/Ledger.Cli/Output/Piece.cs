namespace Ledger.Cli.Output;

/// <summary>A piece of a line. Whatever is in its text, it stays on its line and moves no cursor.</summary>
internal readonly record struct Piece
{
    public Piece(string text, Tone tone = Tone.Plain) => (Text, Tone) = (SafeText.Of(text), tone);

    public string Text { get; }

    public Tone Tone { get; }

    public static implicit operator Piece(string text) => new(text);
}
