using System.Globalization;

namespace Ledger.Cli.Output;

/// <summary>Shows an event that was proved to be in the log.</summary>
internal static class ProofView
{
    public static void Show(Screen screen, ProvenEvent proven)
    {
        screen.Line(new Piece("verified", Tone.Good), "  ", new Piece(Wording.Sequence(proven.Sequence), Tone.Strong), "  ", Wording.Text(proven.Content, "type") ?? "");
        screen.Facts(
            ("stream", Wording.Text(proven.Content, "stream")),
            ("version", Wording.Text(proven.Content, "version")),
            ("time", Wording.Text(proven.Content, "time")),
            ("leaf", string.Create(CultureInfo.InvariantCulture, $"{proven.LeafIndex} of {proven.Checkpoint.Size}")),
            ("leaf hash", proven.LeafHash.ToString()),
            ("root", proven.Checkpoint.Root.ToString()),
            ("log", proven.Checkpoint.Origin),
            ("witnesses", proven.Cosignatures.Count == 0 ? null : string.Join(", ", proven.Cosignatures.Select(cosignature =>
                $"{cosignature.Witness.Name} at {DateTimeOffset.FromUnixTimeSeconds(Math.Min(cosignature.UnixSeconds, 253_402_300_799)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}"))));
    }
}
