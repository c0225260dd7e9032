using Ledger.Cli.Contract;

namespace Ledger.Cli.Output;

/// <summary>Shows what the policy has done after a release: what is open, and what became of the rest.</summary>
internal static class FollowUpsView
{
    public static void Show(Screen screen, ReleaseStatus status)
    {
        var followUps = status.FollowUps ?? [];
        // What was decided against has nothing to follow it.
        if (status.Decision is not { Verdict: Domain.GoNoGo.Verdict.Go } && followUps.All(followUp => followUp.Outcome is null)) return;
        screen.Table(["afterwards", "state", "what", "due", "recorded", "note", "event"], [.. followUps.Select(followUp => new Piece[]
        {
            new(followUp.Name, Tone.Strong), State(followUp), followUp.Title, followUp.Due is { } due ? Wording.Time(due) : "",
            followUp is { At: { } at, By: { } by } ? $"{Wording.Time(at)} by {by}" : "",
            followUp.Reference is { } reference ? $"{followUp.Note} ({reference})" : followUp.Note ?? "",
            new(followUp.Event is { } told ? Wording.Sequence(told.Sequence) : "", Tone.Quiet),
        })]);
    }

    private static Piece State(StatusFollowUp followUp) =>
        followUp.Outcome is { } outcome ? Wording.Outcome(outcome) : followUp.Overdue ? new Piece("overdue", Tone.Bad) : new Piece("open", Tone.Waiting);
}
