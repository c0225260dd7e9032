using Ledger.Domain.Policies;

namespace Ledger.Domain.Releases;

/// <summary>Decides about a fact that a person states.</summary>
internal static class AttestDecision
{
    public static Decision Decide(ReleaseCommand.AttestGate command, ReleaseState state, Policy policy)
    {
        if ((Text.Check("note", command.Note, Text.NoteLength)
            ?? Text.CheckOptional("evidence", command.EvidenceLink, Text.NoteLength)
            ?? Text.CheckOptional("supersede reason", command.SupersedeReason, Text.NoteLength)) is { } unreadable)
        {
            return new Decision.Refused(unreadable);
        }

        if (policy.FindCondition(command.Gate) is { } condition) return Condition(command, state, condition);
        if (policy.FindGate(command.Gate) is not { } gate) return GateNames.Unknown(command.Gate, policy);
        if (gate is { Kind: GateKind.Report, Checks.Count: 0 })
            return Decision.Refuse("gate_needs_report", $"the gate '{gate.Name}' is decided by a tool's report, not by a person's word", $"report it: ledger gate report {command.Release} {gate.Name} FILE");
        if (command.Checks.FirstOrDefault(name => gate.Checks.All(check => check.Name != name)) is { } unknown)
            return Decision.Refuse("check_unknown", $"the gate '{gate.Name}' has no check '{unknown}'", gate.Checks.Count == 0 ? "attest the gate as a whole" : $"it has: {string.Join(", ", gate.Checks.Select(check => check.Name))}");

        IReadOnlyList<string> checks = command.Checks.Count > 0 ? [.. command.Checks.Distinct()] : [.. gate.Checks.Select(check => check.Name)];
        return Append(command, state, gate.Name, checks);
    }

    private static Decision Condition(ReleaseCommand.AttestGate command, ReleaseState state, NoGoCondition condition)
    {
        if (condition.When.Count > 0)
            return Decision.Refuse("gate_needs_report", $"whether '{condition.Name}' is present is measured, not attested", $"report the gate that {condition.When[0].Tool} belongs to");
        return command.Checks.Count > 0
            ? Decision.Refuse("check_unknown", $"the NO-GO condition '{condition.Name}' has no checks", "attest it as a whole")
            : Append(command, state, condition.Name, []);
    }

    private static Decision Append(ReleaseCommand.AttestGate command, ReleaseState state, string name, IReadOnlyList<string> checks)
    {
        var known = state.Gate(name).Attestations;
        var before = checks.DefaultIfEmpty(string.Empty).Select(check => known.GetValueOrDefault(check)).OfType<AttestationState>().ToList();
        var red = before.Where(attestation => !attestation.Met).MaxBy(attestation => attestation.Event.Version);
        if (command.Met && red is not null && command.SupersedeReason is null) return Superseding.NeedsReason(name, red.Event.Version);

        var newest = red?.Event ?? before.Select(attestation => attestation.Event).MaxBy(reference => reference.Version);
        return Decision.Accept(new ReleaseEvent.GateAttested(
            name, checks, command.Met, command.Note, command.EvidenceLink, Superseding.Of(newest, command.SupersedeReason)));
    }
}
