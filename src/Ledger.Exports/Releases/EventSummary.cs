using System.Diagnostics;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Log;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;

namespace Ledger.Exports.Releases;

/// <summary>An event in one line, for people.</summary>
internal static class EventSummary
{
    public static string Of(LedgerEvent @event) => @event switch
    {
        ReleaseEvent.Opened opened => $"opened for {opened.Environment} at commit {opened.Commit}, under the policy {opened.Policy.Name} version {opened.Policy.Version}",
        ReleaseEvent.GateReported reported => $"{reported.Gate}: {reported.Tool} report, {Name(reported.Outcome)}{Because(reported.NotEvaluatedBecause)}{InPlaceOf(reported.Supersedes)}",
        ReleaseEvent.GateAttested attested =>
            $"{attested.Gate}{(attested.Checks.Count == 0 ? "" : $" ({string.Join(", ", attested.Checks)})")}: attested as {(attested.Met ? "met" : "not met")}: {attested.Note}{InPlaceOf(attested.Supersedes)}",
        ReleaseEvent.GateWaived waived => $"{waived.Gate}: waived until {UtcTimeJsonConverter.ToText(waived.Until)}, {waived.Owner} answers for it: {waived.Reason}; instead: {waived.Control}",
        ReleaseEvent.SignedOff signed => $"{signed.Name} signed as {signed.Role} ({signed.Stage}): {Name(signed.Decision)}",
        ReleaseEvent.SignOffWithdrawn withdrawn => $"the sign-off of {withdrawn.Signer} was withdrawn: {withdrawn.Reason}",
        ReleaseEvent.DecisionMade made =>
            $"{Verdicts.Name(made.Verdict)} recorded{(made.Reason is null ? "" : $": {made.Reason}")}{(made.Emergency is { } emergency ? $"; emergency, approvals owed by {UtcTimeJsonConverter.ToText(emergency.ApproveBy)}: {emergency.Reason}" : "")}",
        ReleaseEvent after when DeploymentText.Of(after) is { } text => text,
        ReleaseEvent.Closed closed => $"closed as {CloseOutcomes.Name(closed.Outcome)}: {closed.Reason}",
        PolicyEvent.Published published => $"the policy {published.Policy.Name} version {published.Policy.Version} was published",
        SignerEvent.Enrolled enrolled => $"{enrolled.Name} was enrolled as the signer {enrolled.Signer}, for {Roles(enrolled.Roles)}",
        SignerEvent.Changed changed => $"the signer's roles became {Roles(changed.Roles)}: {changed.Reason}",
        SignerEvent.KeyAdded added => $"the key {added.Key.Id} was added{(added.Replaces is { } replaced ? $" in place of {replaced}" : "")}",
        SignerEvent.KeyRevoked revoked => $"the key {revoked.Key} was revoked: {revoked.Reason}",
        InboxEvent.Received received => $"{received.Kind} {received.Id} came from {received.Source} and fits no release: {received.Because}",
        InboxEvent.Assigned assigned => $"event {assigned.Event.Sequence} of {assigned.Source} was assigned to {assigned.Release}",
        LogEvent.Created created => $"the log {created.Origin} began",
        LogEvent.SandboxClockSet { To: { } to } => $"the sandbox's clock is held at {UtcTimeJsonConverter.ToText(to)}",
        LogEvent.SandboxClockSet => "the sandbox's clock runs",
        _ => throw new UnreachableException(),
    };

    public static string Name(Outcome outcome) => outcome switch
    {
        Outcome.Passed => "passed",
        Outcome.Failed => "failed",
        Outcome.NotEvaluated => "not evaluated",
        _ => throw new UnreachableException(),
    };

    public static string Name(SignOffChoice choice) => choice switch
    {
        SignOffChoice.Approve => "approved",
        SignOffChoice.Reject => "rejected",
        _ => throw new UnreachableException(),
    };

    public static string Name(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => "passed",
        GateOutcome.Failed => "failed",
        GateOutcome.NotEvaluated => "not evaluated",
        GateOutcome.Waived => "waived",
        GateOutcome.Pending => "pending",
        _ => throw new UnreachableException(),
    };

    public static string Name(ConditionOutcome outcome) => outcome switch
    {
        ConditionOutcome.Absent => "absent",
        ConditionOutcome.Present => "present",
        ConditionOutcome.NotEvaluated => "not evaluated",
        _ => throw new UnreachableException(),
    };

    public static string Name(ChainState state) => state switch
    {
        ChainState.Complete => "complete",
        ChainState.Incomplete => "incomplete",
        ChainState.Stale => "stale",
        ChainState.Rejected => "rejected",
        _ => throw new UnreachableException(),
    };

    private static string Roles(IReadOnlyList<string> roles) => roles.Count == 0 ? "no role" : string.Join(", ", roles);

    private static string Because(string? reason) => reason is null ? "" : $" because {reason}";

    private static string InPlaceOf(Supersedes? supersedes) => supersedes is null
        ? ""
        : $"; in place of version {supersedes.Version}{(supersedes.Reason is null ? "" : $": {supersedes.Reason}")}";
}
