using System.Globalization;
using System.Text.Json;
using Ledger.Cli.Contract;
using Ledger.Cli.Signing;
using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.SignOffs;

namespace Ledger.Cli.Output;

/// <summary>Shows a person exactly what they put their name to, and the go/no-go that it names.</summary>
internal static class DraftView
{
    public static void Show(Screen screen, SignOffDraft draft)
    {
        var (predicate, shown) = (draft.Predicate, draft.Shown);
        var rejects = predicate.Decision == SignOffChoice.Reject;
        screen.Line(
            new Piece(rejects ? "reject" : "approve", rejects ? Tone.Bad : Tone.Good), "  ", new Piece(predicate.Release, Tone.Strong), "  ",
            $"as {predicate.Role} in the stage {predicate.Stage}");
        screen.Facts(
        [
            ("meaning", predicate.Meaning),
            ("signer", $"{predicate.Signer.Name} ({predicate.Signer.Id})"),
            ("ledger", predicate.Ledger),
            ("commit", shown.Commit),
            ("environment", shown.Environment),
            ("window", Window(shown.Window)),
            ("summary", shown.Summary),
            .. shown.Artifacts.Select(artifact => ("artifact", (string?)$"{artifact.Name}@{artifact.Digest}")),
            ("policy", $"{predicate.Policy.Name} v{predicate.Policy.Version}  {predicate.Policy.Digest}"),
            ("go/no-go", $"{Verdicts.Name(predicate.GoNoGo.Verdict)} at {UtcTimeJsonConverter.ToText(predicate.GoNoGo.At)}  {predicate.GoNoGo.Digest}"),
            ("stream", string.Create(CultureInfo.InvariantCulture, $"version {predicate.Stream.Version}, head {predicate.Stream.Head}")),
            ("previous", predicate.Previous?.ToString() ?? "none: it is the release's first sign-off"),
            ("time", UtcTimeJsonConverter.ToText(predicate.Time)),
            ("nonce", predicate.Nonce),
        ]);

        ReasonsView.Show(screen, [.. draft.OtherReasons.Select(reason => new StatusReason(
            reason.Code, Verdicts.Name(reason.Verdict), reason.Rule, reason.Message, [.. reason.Events.Select(each => new EventRef(each.Sequence, each.Version))], reason.Subject))]);
        screen.Table(["gate", "outcome", "what", "events"], [.. draft.Standing.Gates.Select(gate => new Piece[]
        {
            new(gate.Name, Tone.Strong), Wording.Outcome(Name(gate.Outcome)), gate.Title, new(Events(gate.Events), Tone.Quiet),
        })]);
        screen.Table(["no go when", "outcome", "what", "events"], [.. draft.Standing.Conditions.Select(condition => new Piece[]
        {
            new(condition.Name, Tone.Strong), Wording.Outcome(Name(condition.Outcome)), condition.Title, new(Events(condition.Events), Tone.Quiet),
        })]);
        SignOffsView.Show(screen, draft.Standing.SignOff!);
    }

    private static string Events(IEnumerable<Domain.Events.EventReference> events) => string.Join(' ', events.Select(reference => Wording.Sequence(reference.Sequence)));

    private static string Name<T>(T outcome)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());

    private static string? Window(JsonElement window) =>
        Wording.Text(window, "start") is { } start && Wording.Text(window, "end") is { } end ? $"{Wording.Time(start)} to {Wording.Time(end)}" : null;
}
