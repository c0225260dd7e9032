using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.SignOffs;

/// <summary>Decides whether GO or NO_GO may be recorded for a release.</summary>
internal static class GoDecision
{
    public static Decision Decide(ReleaseCommand.Decide command, ReleaseState state, PublishedPolicy policy, SignOffContext context, DateTimeOffset at)
    {
        var standing = ReleaseJudge.Judge(state, policy, at);
        var refusal = command switch
        {
            { Go: false, EmergencyReason: not null } => new Refusal("emergency_no_go", "only a GO can be an emergency's", "leave the emergency out"),
            { Go: false } => Text.Check("reason", command.Reason, Text.NoteLength),
            { EmergencyReason: not null } => OfTheEmergency(command, policy.Policy) ?? OfTheTime(state, policy.Policy, at) ?? OfTheVerdict(standing, emergency: true),
            _ => OfTheTime(state, policy.Policy, at) ?? OfTheVerdict(standing, emergency: false),
        }
            ?? Text.CheckOptional("reason", command.Reason, Text.NoteLength)
            ?? OfARepetition(command, state);
        if (refusal is not null) return new Decision.Refused(refusal);

        var emergency = command.EmergencyReason is { } reason && standing.SignOff is { State: not ChainState.Complete }
            ? new Emergency(reason, UtcTimeJsonConverter.Truncate(at + policy.Policy.Emergency.ApprovalDeadline!.Value.Duration))
            : null;
        return Decision.Accept(new ReleaseEvent.DecisionMade(
            command.Go ? Verdict.Go : Verdict.NoGo,
            state.Opened.Policy,
            new GoNoGoSeen(standing.Verdict, standing.At, context.DigestOf(standing)),
            DecisionInputs.Of(state),
            command.Reason,
            emergency));
    }

    private static Refusal? OfTheEmergency(ReleaseCommand.Decide command, Policy policy) => policy.Emergency.Allowed
        ? Text.Check("emergency", command.EmergencyReason, Text.NoteLength)
        : new Refusal("emergency_not_allowed", $"the policy '{policy.Name}' has no emergency path", "complete the sign-offs");

    private static Refusal? OfTheTime(ReleaseState state, Policy policy, DateTimeOffset at)
    {
        if (state.Opened.DecideBy is { } decideBy && at > decideBy)
            return new Refusal("decide_by_passed", $"the decision was due by {UtcTimeJsonConverter.ToText(decideBy)}", "open a new version, with a time that is still to come");
        if (state.Opened.Window is not { } window) return null;

        // Where the policy has the decision made ahead of the window, its time begins that much earlier.
        var opens = window.Start - (policy.Maintenance?.Window?.DecisionLead?.Duration ?? TimeSpan.Zero);
        return at < opens || at >= window.End
            ? new Refusal(
                "outside_window", $"it is {UtcTimeJsonConverter.ToText(at)}; GO may be decided from {UtcTimeJsonConverter.ToText(opens)} until {UtcTimeJsonConverter.ToText(window.End)}",
                at < opens ? "wait for the window" : "open a new version, with a window that is still to come")
            : null;
    }

    private static Refusal? OfTheVerdict(ReleaseStanding standing, bool emergency)
    {
        var reasons = standing.Reasons.Where(reason => reason.Code != "decided_no_go" && !(emergency && reason.Code is "sign_off_missing" or "sign_off_stale")).ToList();
        if (reasons.Find(reason => !reason.Code.StartsWith("sign_off_", StringComparison.Ordinal)) is { } blocking)
            return new Refusal("not_go", $"{blocking.Subject ?? "the release"}: {blocking.Message}", "'ledger release status' lists everything that is missing");
        if (reasons is not [var signOff, ..]) return null;
        return standing.SignOff!.State switch
        {
            ChainState.Rejected => new Refusal("sign_offs_rejected", $"{signOff.Subject}: {signOff.Message}", "the rejection is withdrawn by its signer, or a gate is reported anew"),
            ChainState.Stale => new Refusal("sign_offs_stale", $"{signOff.Subject}: {signOff.Message}", "sign again: ledger sign"),
            _ => new Refusal("sign_offs_incomplete", $"{signOff.Subject}: {signOff.Message}", "complete the sign-offs: ledger sign"),
        };
    }

    private static Refusal? OfARepetition(ReleaseCommand.Decide command, ReleaseState state)
    {
        var verdict = command.Go ? Verdict.Go : Verdict.NoGo;
        return state.Facts.Decision is { } earlier && earlier.Verdict == verdict && earlier.Event == state.Last
            ? new Refusal("already_decided", $"{Verdicts.Name(verdict)} was recorded with event {earlier.Event.Sequence}, and nothing happened since", "nothing to do")
            : null;
    }
}
