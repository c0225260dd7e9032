using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.FollowUps;

/// <summary>Decides whether what became of a follow-up is recorded: of one that the policy names, of a release that went or was closed.</summary>
internal static class FollowUpDecision
{
    public static Decision Decide(FollowUpCommand command, ReleaseState state, Policy policy) => command switch
    {
        FollowUpCommand.Record record => Record(record, state, policy),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Decision Record(FollowUpCommand.Record command, ReleaseState state, Policy policy)
    {
        if ((Text.Check("note", command.Note, Text.NoteLength)
            ?? Text.CheckOptional("reference", command.Reference, Text.NoteLength)
            ?? Text.CheckOptional("supersede reason", command.SupersedeReason, Text.NoteLength)) is { } unreadable)
        {
            return new Decision.Refused(unreadable);
        }

        var planned = policy.Maintenance?.FollowUps ?? [];
        if (planned.FirstOrDefault(each => each.Name == command.FollowUp) is not { } followUp)
        {
            return Decision.Refuse(
                "follow_up_unknown", $"the policy '{policy.Name}' has no such follow-up",
                planned.Count == 0 ? "it has none" : $"it has: {string.Join(", ", planned.Select(each => each.Name))}");
        }

        // What is done after a release has no place before there is one; a rollout that nobody decided on is one all the same.
        if (state.Facts is { Closed: null, Decision: not { Verdict: Verdict.Go } } && state.Deployment is not { Attempt: > 0 })
            return Decision.Refuse("follow_up_early", "the release has not gone yet: nothing follows it", "record it once GO is decided");

        var before = state.Facts.FollowUps?.FirstOrDefault(each => each.FollowUp == followUp.Name);
        return before is not null && command.SupersedeReason is null
            ? Decision.Refuse(
                "supersede_reason_missing", $"'{followUp.Name}' is recorded as {FollowUpStanding.Name(before.Outcome)} since version {before.Event.Version} of the release",
                "nothing to do; or say why the new word counts: --supersede REASON")
            : Decision.Accept(new FollowUpEvent.Recorded(followUp.Name, command.Outcome, command.Note, command.Reference, Superseding.Of(before?.Event, command.SupersedeReason)));
    }
}
