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
        var refusal = OfTheCommand(command, policy.Policy)
            ?? OfARepetition(command, state)
            ?? (command.Go ? OfTheTime(state, policy.Policy, at) ?? OfTheGates(standing) ?? OfTheSignOffs(command, state, standing.SignOff) : null);
        if (refusal is not null) return new Decision.Refused(refusal);

        var emergency = command.EmergencyReason is { } reason
            ? new Emergency(reason, UtcTimeJsonConverter.Truncate(at + policy.Policy.Emergency.ApprovalDeadline!.Value.Duration))
            : null;
        return Decision.Accept(new ReleaseEvent.DecisionMade(
            VerdictOf(command),
            state.Opened.Policy,
            new GoNoGoSeen(standing.Verdict, standing.At, context.DigestOf(standing)),
            DecisionInputs.Of(state, standing.SignOff),
            command.Reason,
            emergency));
    }

    private static Refusal? OfTheCommand(ReleaseCommand.Decide command, Policy policy) => command switch
    {
        { Go: false, EmergencyReason: not null } => new Refusal("emergency_no_go", "only a GO can be an emergency's", "leave the emergency out"),
        { EmergencyReason: not null } when !policy.Emergency.Allowed => new Refusal("emergency_not_allowed", $"the policy '{policy.Name}' has no emergency path", "complete the sign-offs"),
        { Go: false } => Text.Check("reason", command.Reason, Text.NoteLength),
        _ => Text.CheckOptional("reason", command.Reason, Text.NoteLength) ?? Text.CheckOptional("emergency", command.EmergencyReason, Text.NoteLength),
    };

    private static Refusal? OfARepetition(ReleaseCommand.Decide command, ReleaseState state) =>
        state.Facts.Decision is { } earlier && earlier.Verdict == VerdictOf(command) && earlier.Event == state.Last
            ? new Refusal("already_decided", $"{Verdicts.Name(earlier.Verdict)} was recorded with event {earlier.Event.Sequence}, and nothing happened since", "nothing to do")
            : null;

    private static Refusal? OfTheTime(ReleaseState state, Policy policy, DateTimeOffset at)
    {
        if (state.Opened.DecideBy is { } decideBy && at > decideBy)
            return new Refusal("decide_by_passed", $"the decision was due by {UtcTimeJsonConverter.ToText(decideBy)}", "open a new version, with a time that is still to come");
        if (state.Opened.Window is not { } window) return null;
        if (at >= window.End)
            return new Refusal("outside_window", $"the maintenance window ended at {UtcTimeJsonConverter.ToText(window.End)}", "open a new version, with a window that is still to come");

        // Where the policy has the decision made ahead of the window, its time begins that much earlier.
        var lead = policy.Maintenance?.Window?.DecisionLead?.Duration ?? TimeSpan.Zero;
        return window.Start - at > lead
            ? new Refusal("outside_window", $"it is {UtcTimeJsonConverter.ToText(at)}; GO may be decided from {UtcTimeJsonConverter.ToText(window.Start - lead)}", "wait for the window")
            : null;
    }

    // Everything but the sign-offs, and the NO_GO that this GO would stand in place of.
    private static Refusal? OfTheGates(ReleaseStanding standing) =>
        standing.Reasons.FirstOrDefault(reason => reason.Code != "decided_no_go" && !SignOffJudge.IsReason(reason)) is { } blocking
            ? new Refusal("not_go", $"{blocking.Subject ?? "the release"}: {blocking.Message}", "'ledger release status' lists everything that is missing")
            : null;

    // The chain itself is asked, and not the verdict, which an emergency's GO lets be GO while approvals are still owed.
    private static Refusal? OfTheSignOffs(ReleaseCommand.Decide command, ReleaseState state, SignOffStanding? chain)
    {
        if (chain is null or { State: ChainState.Complete })
        {
            return command.EmergencyReason is null
                ? null
                : new Refusal("emergency_not_needed", "every sign-off that the policy asks for is there", "leave the emergency out");
        }

        if (chain.State == ChainState.Rejected)
        {
            var no = SignOffJudge.Reasons(chain).First(reason => reason.Verdict == Verdict.NoGo);
            return new Refusal("sign_offs_rejected", $"{no.Subject}: {no.Message}", "its signer withdraws it, or signs again when the gate that is wrong was reported anew");
        }

        if (command.EmergencyReason is null)
        {
            return chain.State == ChainState.Stale
                ? new Refusal("sign_offs_stale", Awaited(chain), "sign again: ledger sign")
                : new Refusal("sign_offs_incomplete", Awaited(chain), "complete the sign-offs: ledger sign");
        }

        // A second emergency would move the first one's deadline.
        return state.Facts.Decision is { Verdict: Verdict.Go, ApproveBy: { } approveBy }
            ? new Refusal("already_decided", $"an emergency's GO stands; its approvals are due by {UtcTimeJsonConverter.ToText(approveBy)}", "complete the sign-offs: ledger sign")
            : null;
    }

    // A reason's own words are digested with the go/no-go, so who is waited for is said beside them, stage by stage.
    private static string Awaited(SignOffStanding chain) => string.Join("; ", SignOffJudge.Reasons(chain).Select(reason =>
        $"{reason.Subject}: {reason.Message}{(chain.Stages.First(stage => stage.Name == reason.Subject).Awaited is { } awaited ? $", {awaited}" : "")}"));

    private static Verdict VerdictOf(ReleaseCommand.Decide command) => command.Go ? Verdict.Go : Verdict.NoGo;
}
