using System.Text.Json;
using Ledger.Cli.Contract;
using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.SignOffs;

namespace Ledger.Cli.Output;

/// <summary>Shows a release's go/no-go: the verdict, what stands against it, then everything it was asked to pass.</summary>
internal static class StatusView
{
    /// <summary>Shows it.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="status">How the release stands.</param>
    /// <param name="isSandbox">Whether it is a sandbox's, whose times were given.</param>
    public static void Show(Screen screen, ReleaseStatus status, bool isSandbox)
    {
        var closed = Wording.Text(status.Closed);
        screen.Line(
            closed is null ? Wording.Verdict(status.Verdict) : Wording.State(closed), "  ", new Piece(status.Release, Tone.Strong), "  ", status.Environment,
            closed is null && status.State is { } state and not "open" ? new Piece($"  {state.Replace('_', ' ')}", Tone.Waiting) : "",
            isSandbox ? new Piece("  sandbox", Tone.Waiting) : "");
        if (status.Story is { } story) screen.Line(story);
        // That it does not go any more is what closing means, and no news beside how it was closed.
        ReasonsView.Show(screen, [.. status.Reasons.Where(reason => reason.Code != "release_closed")], closed is null ? "because" : "against it now");
        screen.Facts(
        [
            ("about", status.Plan is { } plan ? plan.Description is null ? plan.Title : $"{plan.Title}: {plan.Description}" : null),
            ("policy", Wording.Policy(status.Policy)),
            ("commit", status.Tag is null ? status.Commit : $"{status.Commit} ({status.Tag})"),
            ("summary", status.Summary),
            ("risk", status.Risk),
            ("window", Window(status.Window)),
            ("decide by", status.DecideBy is { } decideBy ? Wording.Time(decideBy) : null),
            ("opened", Wording.Time(status.OpenedAt)),
            ("decided", status.Decision is { } decision ? Decided(decision) + Because(status.DecidedBecause) : null),
            ("closed", closed is null ? null : Closed(status, closed) + Because(status.ClosedBecause)),
            ("may go now", closed is null ? null : $"{status.Verdict}: a closed release does not go again"),
            ("as of", $"{status.At}, {Wording.Sequence(status.Last.Sequence)}"),
            .. status.Artifacts.Select(artifact => ("artifact", (string?)$"{artifact.Name}@{artifact.Digest}")),
        ]);
        screen.Table(["gate", "outcome", "what", "events"], [.. status.Gates.Select(gate => new Piece[]
        {
            new(gate.Name, Tone.Strong), Wording.Outcome(gate.Outcome), gate.Title + Remark(gate), new(Wording.Events(gate.Events), Tone.Quiet),
        })]);
        screen.Table(["no go when", "outcome", "what", "events"], [.. status.Conditions.Select(condition => new Piece[]
        {
            new(condition.Name, Tone.Strong), Wording.Outcome(condition.Outcome), condition.Title, new(Wording.Events(condition.Events), Tone.Quiet),
        })]);
        if (status.SignOff is not null) SignOffsView.Show(screen, status.SignOff);
        if (status.Deployment is not null) DeploymentView.Show(screen, status.Deployment, status.Plan, status.Fired);
        FollowUpsView.Show(screen, status);
    }

    private static string Decided(DecisionState decision) =>
        $"{Verdicts.Name(decision.Verdict)} by {decision.By} at {Wording.Time(UtcTimeJsonConverter.ToText(decision.At))}, {Wording.Sequence(decision.Event.Sequence)}"
        + (decision.ApproveBy is { } deadline ? $", approvals due by {Wording.Time(UtcTimeJsonConverter.ToText(deadline))}" : "");

    private static string Closed(ReleaseStatus status, string outcome) =>
        outcome.Replace('_', ' ') + (status is { ClosedAt: { } at, ClosedBy: { } by } ? $" by {by} at {Wording.Time(at)}" : "");

    private static string Because(string? reason) => reason is null ? "" : $": {reason}";

    private static string Remark(StatusGate gate) =>
        (gate.Required ? "" : " (advisory)")
        + (Wording.Text(gate.Waiver, "owner") is { } owner ? $" (waived: {owner} answers until {Wording.Time(Wording.Text(gate.Waiver, "until") ?? "?")})" : "");

    private static string? Window(JsonElement window) =>
        Wording.Text(window, "start") is { } start && Wording.Text(window, "end") is { } end ? $"{Wording.Time(start)} to {Wording.Time(end)}" : null;
}
