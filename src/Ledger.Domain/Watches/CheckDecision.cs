using Ledger.Domain.Actors;
using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Watches;

/// <summary>Decides what a check after the deployment comes to: computed, where the policy says how; else a person's word.</summary>
internal static class CheckDecision
{
    public static Decision Decide(WatchCommand.RecordCheck command, ReleaseState state, Policy policy, Actor actor, DateTimeOffset at)
    {
        if ((Text.CheckName("source", command.Source)
            ?? Text.CheckOptional("note", command.Note, Text.NoteLength)
            ?? Text.CheckOptional("supersede reason", command.SupersedeReason, Text.NoteLength)) is { } unreadable)
        {
            return new Decision.Refused(unreadable);
        }

        var listed = command.List == CheckList.Watch ? policy.AfterDeployment?.Checks ?? [] : policy.Success;
        if (listed.FirstOrDefault(each => each.Name == command.Check) is not { } expected)
        {
            return Decision.Refuse(
                "check_unknown", $"the policy '{policy.Name}' has no such check",
                listed.Count == 0 ? "it has none in this list" : $"it has: {string.Join(", ", listed.Select(each => each.Name))}");
        }

        var deployment = state.Deployment ?? DeploymentState.None;
        if (deployment.FullyOut is null)
            return Decision.Refuse("not_fully_out", "the release has not reached everybody: there is nothing to check yet", "promote it first: ledger canary promote");

        // Whether or not the clock has said so yet: what comes after the end does not fill what was missing at it.
        if (command.List == CheckList.Watch && (deployment.Watch is not null || (deployment.Terms?.Watch is { } watch && at >= deployment.FullyOut.At + watch.Duration)))
            return Decision.Refuse("watch_over", "the watch is over: what was missing at its end stays missing", "'ledger release status' shows how it ended");
        if (Outcome(command, expected, actor, out var outcome) is { } refusal) return new Decision.Refused(refusal);

        var before = deployment.Checks.GetValueOrDefault(DeploymentState.KeyOf(command.List, expected.Name));
        if (before?.Outcome == Releases.Outcome.Failed && outcome != Releases.Outcome.Failed && command.SupersedeReason is null)
            return Superseding.NeedsReason(expected.Name, before.Event.Version);
        return Decision.Accept(new WatchEvent.Checked(
            command.List, expected.Name, outcome, command.Source, command.Value, command.Value is null ? null : command.Unit, command.Note,
            Superseding.Of(before?.Event, command.SupersedeReason)));
    }

    private static Refusal? Outcome(WatchCommand.RecordCheck command, Expectation expected, Actor actor, out Outcome outcome)
    {
        outcome = Releases.Outcome.NotEvaluated;
        if (expected.Measured is not { } condition)
        {
            if (command.Met is not { } met || command.Value is not null)
                return new Refusal("check_needs_word", $"'{expected.Name}' is attested, not measured", "say whether it is met, and what was seen");
            if (actor.Role == Role.Ci) return new Refusal("check_needs_person", $"'{expected.Name}' is for a person to attest", "a release manager or a signer does it");
            outcome = met ? Releases.Outcome.Passed : Releases.Outcome.Failed;
            return Text.Check("note", command.Note, Text.NoteLength);
        }

        if (command.Met is not null) return new Refusal("check_needs_value", $"'{expected.Name}' is measured: {condition.Metric} {condition.Comparator.Symbol()} {condition.Threshold}", "send the value and its unit");
        if (command.Value is not { } value) return null;
        if (!double.IsFinite(value)) return new Refusal("value_invalid", $"{value} is no value of '{condition.Metric}'", "send a finite number, or none where it is not known");
        if (command.Unit is not { } unit || !condition.Threshold.Fits(unit))
            return new Refusal("unit_mismatch", $"'{condition.Metric}' is held against {condition.Threshold}", "send the value in that unit");
        outcome = condition.Comparator.Holds(value, condition.Threshold.Value) ? Releases.Outcome.Passed : Releases.Outcome.Failed;
        return null;
    }
}
