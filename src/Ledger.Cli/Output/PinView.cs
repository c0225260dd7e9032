using Ledger.Cli.Pins;

namespace Ledger.Cli.Output;

/// <summary>Shows what is remembered of a log.</summary>
internal static class PinView
{
    public static void Show(Screen screen, Pin pin, string file)
    {
        screen.Line(new Piece("pinned", Tone.Good), "  ", new Piece(pin.Origin, Tone.Strong));
        screen.Facts(
            ("leaves", Wording.Number(pin.Size)), ("root", pin.Checkpoint.Root.ToString()), ("key", pin.LogKey.ToString()),
            ("at", string.Join(", ", pin.Addresses)), ("file", file));
    }
}
