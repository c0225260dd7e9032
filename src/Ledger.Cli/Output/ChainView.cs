using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.SignOffs;
using Ledger.Verifier;
using Ledger.Verifier.Chains;

namespace Ledger.Cli.Output;

/// <summary>Shows what verifying a sign-off chain found: every link, and of each what did not pass.</summary>
internal static class ChainView
{
    public static void Show(Screen screen, ChainReport report)
    {
        screen.Line(
            new Piece(report.Status.ToString().ToUpperInvariant(), report.Status switch { ChainStatus.Valid => Tone.Good, ChainStatus.Invalid => Tone.Bad, _ => Tone.Waiting }),
            "  ", new Piece(report.Release, Tone.Strong), report.Required ? "" : "  its policy asks for no sign-offs");
        if (report.Reason is { } reason) screen.Line("  ", new Piece(reason, Tone.Strong), report.Detail is { } detail ? $": {detail}" : "");
        screen.Table(["stage", "quorum", "complete"], [.. report.Stages.Select(stage => new Piece[]
        {
            new(stage.Name, Tone.Strong), Wording.Number(stage.Quorum), stage.Complete ? new Piece("yes", Tone.Good) : new Piece("no", Tone.Waiting),
        })]);
        Links(screen, report);
    }

    /// <summary>The links alone.</summary>
    public static void Links(Screen screen, ChainReport report)
    {
        screen.Table(["event", "stage", "signed", "as", "decision", "when", "state", "checks"], [.. report.Links.Select(Link)]);
        screen.Table(["event", "check", "outcome", "found"], [.. report.Links.SelectMany(link => link.Checks
            .Where(check => check.Outcome != CheckOutcome.Passed)
            .Select(check => new Piece[] { Wording.Sequence(link.Sequence), Name(check.Name), Wording.Outcome(Name(check.Outcome)), check.Detail }))]);
    }

    private static Piece[] Link(LinkReport link)
    {
        var passed = link.Checks.Count(check => check.Outcome == CheckOutcome.Passed);
        return
        [
            Wording.Sequence(link.Sequence), new(link.Stage, Tone.Strong), link.Name, link.Role, link.Decision == SignOffChoice.Approve ? new Piece("approve", Tone.Good) : new Piece("reject", Tone.Bad),
            Wording.Time(UtcTimeJsonConverter.ToText(link.At)), new(Name(link.State), link.State == LinkState.Counts ? Tone.Good : Tone.Waiting),
            new($"{Wording.Number(passed)} of {Wording.Number(link.Checks.Count)} passed", passed == link.Checks.Count ? Tone.Good : Tone.Bad),
        ];
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
