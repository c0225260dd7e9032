using Ledger.Domain.Policies;

namespace Ledger.Domain.Releases;

/// <summary>Decides about a waiver.</summary>
internal static class WaiveDecision
{
    public static Decision Decide(ReleaseCommand.WaiveGate command, Policy policy, DateTimeOffset at)
    {
        if (policy.FindCondition(command.Gate) is not null)
            return Decision.Refuse("gate_not_waivable", $"'{command.Gate}' is a NO-GO condition; none of them can be waived", "remove what causes it");
        if (policy.FindGate(command.Gate) is not { } gate) return GateNames.Unknown(command.Gate, policy);
        if (!gate.Waivable)
            return Decision.Refuse("gate_not_waivable", $"the policy does not let '{gate.Name}' be waived", "make it pass");
        var until = UtcTimeJsonConverter.Truncate(command.Until);
        if (until <= at)
            return Decision.Refuse("time_in_past", $"a waiver until {UtcTimeJsonConverter.ToText(until)} would have ended already", "give an end that is still to come");

        var unreadable = Text.CheckName("owner", command.Owner)
            ?? Text.Check("reason", command.Reason, Text.NoteLength)
            ?? Text.Check("control", command.Control, Text.NoteLength);
        return unreadable is not null
            ? new Decision.Refused(unreadable)
            : Decision.Accept(new ReleaseEvent.GateWaived(gate.Name, command.Owner, command.Reason, command.Control, until));
    }
}
