using System.Globalization;
using Ledger.Domain.SignOffs;

namespace Ledger.Cli.Output;

/// <summary>Shows a sign-off chain: every stage with who signed in it, and what does not count any more.</summary>
internal static class SignOffsView
{
    public static void Show(Screen screen, SignOffStanding chain)
    {
        screen.Table(["stage", "approvals", "signed", "as", "decision", "when", "event"], [.. chain.Stages.SelectMany(Stage)]);
        screen.Table(["no longer counts", "signed", "as", "decision", "event", "because"], [.. chain.Past.Select(past => new Piece[]
        {
            past.SignOff.Stage, past.SignOff.Name, past.SignOff.Role, Decision(past.SignOff.Decision), new(Wording.Sequence(past.SignOff.Event.Sequence), Tone.Quiet),
            past.SignOff.Withdrawn is { } withdrawn ? $"withdrawn by {Wording.Sequence(withdrawn.Sequence)}" : $"a gate changed by {Wording.Sequence(past.Stale!.Sequence)}",
        })]);
    }

    private static IEnumerable<Piece[]> Stage(StageStanding stage)
    {
        var head = new[]
        {
            new Piece(stage.Name, Tone.Strong),
            new Piece(
                string.Create(CultureInfo.InvariantCulture, $"{stage.SignOffs.Count(signOff => signOff.Decision == SignOffChoice.Approve)} of {stage.Quorum}"),
                stage.Complete ? Tone.Good : Tone.Waiting),
        };
        var missing = stage.Roles.Where(role => stage.SignOffs.All(signOff => signOff.Role != role)).ToList();
        foreach (var signOff in stage.SignOffs)
        {
            yield return [.. head, signOff.Name, signOff.Role, Decision(signOff.Decision), Wording.Time(Domain.UtcTimeJsonConverter.ToText(signOff.At)), new(Wording.Sequence(signOff.Event.Sequence), Tone.Quiet)];
            head = ["", ""];
        }

        if (missing.Count > 0) yield return [.. head, new(stage.Open ? "open" : "not open", stage.Open ? Tone.Waiting : Tone.Quiet), string.Join(", ", missing), "", "", ""];
    }

    private static Piece Decision(SignOffChoice decision) => decision == SignOffChoice.Approve ? new Piece("approve", Tone.Good) : new Piece("reject", Tone.Bad);
}
