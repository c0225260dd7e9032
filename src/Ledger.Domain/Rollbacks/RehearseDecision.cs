using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Rollbacks;

/// <summary>Decides about a rehearsal. What it shows counts under the policy's rehearsal gate like any other report and attestation there.</summary>
internal static class RehearseDecision
{
    public static Decision Decide(RollbackCommand.Rehearse command, ReleaseState state, Policy policy)
    {
        if ((Text.Check("note", command.Note, Text.NoteLength) ?? Text.CheckOptional("evidence", command.EvidenceLink, Text.NoteLength)) is { } unreadable)
            return new Decision.Refused(unreadable);
        if (command.Duration <= TimeSpan.Zero || command.Duration > TimeSpan.FromDays(366))
            return Decision.Refuse("duration_invalid", "a rehearsal takes more than nothing and at most a year", "give how long the way back took, in milliseconds");

        var gate = policy.Rollback?.RehearsalGate is { } name ? policy.FindGate(name) : null;
        if (gate is null && (command.Report is not null || command.Checks.Count > 0))
            return Decision.Refuse("no_rehearsal_gate", $"the policy '{policy.Name}' has no gate that a rehearsal counts for", "leave the measurements and checks out");

        var objective = policy.Rollback?.Objective?.Duration;
        var within = objective is null ? (bool?)null : command.Duration < objective;
        var events = new List<LedgerEvent>
        {
            new RollbackEvent.Rehearsed((long)command.Duration.TotalMilliseconds, command.Note, (long?)objective?.TotalMilliseconds, within, gate?.Name, command.EvidenceLink),
        };
        if (gate is null) return new Decision.Accepted(events);

        // A gate of criteria alone has nothing to attest, and one of checks alone nothing to measure.
        if (command.Report is { } report && !Add(events, ReportDecision.Decide(new ReleaseCommand.ReportGate(command.Release, gate.Name, report, command.SupersedeReason), state, policy), out var refused))
            return refused;
        if ((gate.Checks.Count > 0 || gate.Criteria.Count == 0)
            && !Add(events, AttestDecision.Decide(
                new ReleaseCommand.AttestGate(command.Release, gate.Name, command.Checks, within != false, command.Note, command.EvidenceLink, command.SupersedeReason), state, policy), out refused))
        {
            return refused;
        }

        return new Decision.Accepted(events);
    }

    private static bool Add(List<LedgerEvent> events, Decision decision, out Decision refused)
    {
        refused = decision;
        if (decision is not Decision.Accepted accepted) return false;
        events.AddRange(accepted.Events);
        return true;
    }
}
