using System.Globalization;
using System.Text;
using System.Text.Json;
using Ledger.Cli.Contract;
using Ledger.Domain.Actors;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Output;

/// <summary>Shows a release's events as a timeline: when, what, who, and in a line what it said.</summary>
internal static class HistoryView
{
    private const int MaxSummaryLength = 600;

    /// <summary>Shows all events of a release.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="events">The first one first, without a gap.</param>
    /// <param name="isSandbox">Whether they are a sandbox's, whose times were given.</param>
    public static void Show(Screen screen, IReadOnlyList<PastEvent> events, bool isSandbox)
    {
        if (isSandbox) screen.Line(new Piece("sandbox", Tone.Waiting), ": the times were given");
        if (Story(events) is { } story) screen.Line(story);
        var width = events.Max(past => Wording.Sequence(past.Sequence).Length);
        foreach (var past in events)
        {
            Show(screen, past, width);
            if (past.Type == "rollback_triggered" && Measurements(past, events) is { Length: > 0 } measurements)
                screen.Line(new string(' ', Wording.Time(past.At).Length + width + 4), new Piece($"by the measurements {measurements}", Tone.Bad));
        }
    }

    /// <summary>Shows one event.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="past">The event.</param>
    /// <param name="width">How wide sequence numbers are, at least.</param>
    public static void Show(Screen screen, PastEvent past, int width)
    {
        var sequence = Wording.Sequence(past.Sequence).PadRight(width);
        screen.Line(
            new Piece(Wording.Time(past.At), Tone.Quiet), "  ", new Piece(sequence, Tone.Strong), "  ", new Piece(past.Type, ToneOf(past)),
            new Piece($"  by {past.Actor.Id} ({past.Actor.Role})", Tone.Quiet));
        if (Summary(past) is { Length: > 0 } summary) screen.Line(new string(' ', Wording.Time(past.At).Length + sequence.Length + 4), summary);
    }

    // What is not known here is shown by name alone: a newer server may record more than this program knows.
    private static string Summary(PastEvent past)
    {
        var summary = past.Type switch
        {
            "release_opened" => $"{Text(past, "environment")}, commit {Text(past, "commit")}, policy {Wording.Policy(Member(past, "policy"))}{Window(past)}{Optional(past, "summary", ": ")}",
            "gate_reported" => $"{Text(past, "gate")}: {Text(past, "outcome").Replace('_', ' ')} by {Text(past, "tool")}{Results(past)}{Superseding(past)}",
            "gate_attested" => $"{Text(past, "gate")}{Checks(past)}: {(Text(past, "met") == "yes" ? "met" : "not met")}, {Text(past, "note")}{Superseding(past)}",
            "gate_waived" => $"{Text(past, "gate")}: {Text(past, "owner")} answers until {Wording.Time(Text(past, "until"))}, {Text(past, "reason")}{Optional(past, "control", "; instead: ")}",
            "signed_off" => $"{Text(past, "stage")}: {Text(past, "name")} as {Text(past, "role")}: {(Text(past, "decision") == "approve" ? "approved" : "rejected")}",
            "sign_off_withdrawn" => $"{Text(past, "signer")}: {Text(past, "reason")}",
            "decision_made" => $"{Text(past, "verdict")}{Optional(past, "reason", ": ")}{Emergency(past)}",
            "release_closed" => $"{Text(past, "outcome").Replace('_', ' ')}: {Text(past, "reason")}",
            _ => Words(past),
        };
        return summary.Length <= MaxSummaryLength ? summary : summary[..MaxSummaryLength] + "...";
    }

    // Folded from the events themselves; a newer server may tell what this program cannot fold.
    private static string? Story(IReadOnlyList<PastEvent> events)
    {
        try
        {
            var recorded = events.Select(Recorded).ToList();
            var state = recorded.Aggregate((ReleaseState?)null, ReleaseFold.Evolve);
            return state is null ? null : ReleaseStory.Of(state, recorded.ToDictionary(each => each.Sequence));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or InvalidCastException)
        {
            return null;
        }
    }

    private static Recorded<ReleaseEvent> Recorded(PastEvent past) => new(
        past.Sequence, past.Version, DateTimeOffset.Parse(past.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        new Actor(past.Actor.Id, Roles.TryParse(past.Actor.Role, out var role) ? role : throw new FormatException()),
        (ReleaseEvent)EventJson.Read(past.Type, Encoding.UTF8.GetBytes(past.Data.GetRawText())));

    // A trigger names them by their place in the release; people find them by their place in the log.
    private static string Measurements(PastEvent past, IReadOnlyList<PastEvent> events) =>
        Member(past, "measurements") is { ValueKind: JsonValueKind.Array } versions
            ? string.Join(' ', versions.EnumerateArray().Select(version => version.ValueKind == JsonValueKind.Number && version.TryGetInt64(out var place) && place >= 1 && place <= events.Count ? Wording.Sequence(events[(int)place - 1].Sequence) : "?"))
            : "";

    // In the words that every record uses; a newer server may say more of an event than this program knows.
    private static string Words(PastEvent past) => Typed(past) is { } happened ? DeploymentText.Of(happened) ?? "" : "";

    private static ReleaseEvent? Typed(PastEvent past)
    {
        try
        {
            return EventJson.Types.Contains(past.Type) ? EventJson.Read(past.Type, Encoding.UTF8.GetBytes(past.Data.GetRawText())) as ReleaseEvent : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What was measured, against what it was held.
    private static string Results(PastEvent past) =>
        Typed(past) is ReleaseEvent.GateReported { Results.Count: > 0 } reported
            ? $", {string.Join(", ", reported.Results.Select(result =>
                $"{result.Metric} {(result.Value is { } value ? MeasuredText.Of(value, result.Threshold.Unit) : "not measured")} ({Comparators.Symbol(result.Comparator)} {result.Threshold})"))}"
            : "";

    private static string Window(PastEvent past) =>
        Member(past, "window") is { ValueKind: JsonValueKind.Object } window && Wording.Text(window, "start") is { } start && Wording.Text(window, "end") is { } end
            ? $", window {Wording.Time(start)} to {Wording.Time(end)}{(Wording.Text(past.Data, "decideBy") is { } by ? $", decide by {Wording.Time(by)}" : "")}"
            : "";

    private static string Emergency(PastEvent past) =>
        Member(past, "emergency") is { ValueKind: JsonValueKind.Object } emergency ? $"; an emergency: {Wording.Text(emergency, "reason")}" : "";

    private static string Optional(PastEvent past, string member, string before) => Wording.Text(past.Data, member) is { } text ? before + text : "";

    private static Tone ToneOf(PastEvent past) => past.Type switch
    {
        "deviation_recorded" or "rollback_triggered" or "rollback_started" or "deployment_aborted" => Tone.Bad,
        "deadline_passed" => Tone.Waiting,
        _ => Tone.Plain,
    };

    private static string Superseding(PastEvent past) =>
        Wording.Text(Member(past, "supersedes"), "version") is { } version
            ? $", in place of version {version}{(Wording.Text(Member(past, "supersedes"), "reason") is { } reason ? $" because {reason}" : "")}"
            : "";

    private static string Checks(PastEvent past) =>
        Member(past, "checks") is { ValueKind: JsonValueKind.Array } checks && checks.GetArrayLength() > 0
            ? $" ({string.Join(", ", checks.EnumerateArray().Select(Wording.Text))})"
            : "";

    private static string Text(PastEvent past, string member) => Wording.Text(past.Data, member) ?? "?";

    private static JsonElement Member(PastEvent past, string name) =>
        past.Data.ValueKind == JsonValueKind.Object && past.Data.TryGetProperty(name, out var member) ? member : default;
}
