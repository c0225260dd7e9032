using System.Globalization;
using Ledger.Cli.Contract;

namespace Ledger.Cli.Output;

/// <summary>Shows where something is recorded.</summary>
internal static class ReceiptView
{
    public static void Show(Screen screen, Receipt receipt) => screen.Line(
        new Piece("  recorded as ", Tone.Quiet),
        new Piece(Wording.Sequence(receipt.Sequence), Tone.Strong),
        new Piece(string.Create(CultureInfo.InvariantCulture, $" in a log of {receipt.TreeSize}, leaf hash {receipt.LeafHash}"), Tone.Quiet));
}
