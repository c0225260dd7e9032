using Ledger.Cli.Contract;

namespace Ledger.Cli.Output;

/// <summary>Shows a signer and their keys.</summary>
internal static class SignerView
{
    public static void Show(Screen screen, SignerAnswer signer)
    {
        screen.Line(new Piece(signer.Name, Tone.Strong), "  ", signer.Id);
        screen.Facts(("roles", signer.Roles.Count == 0 ? "none" : string.Join(", ", signer.Roles)), ("accounts", signer.Accounts.Count == 0 ? null : string.Join(", ", signer.Accounts)));
        screen.Table(["key", "algorithm", "state", "added", "ends"], [.. signer.Keys.Select(key => new Piece[]
        {
            new(key.Id, Tone.Strong), key.Algorithm, new(key.State, key.State == SignerKeyAnswer.InUse ? Tone.Good : Tone.Waiting), new(Wording.Time(key.AddedAt), Tone.Quiet),
            key.Ended is { } ended ? $"{Wording.Time(ended.At)}: {ended.Reason}" : key.NotAfter is { } end ? Wording.Time(end) : "",
        })]);
    }
}
