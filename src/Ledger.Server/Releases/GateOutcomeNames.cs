using System.Diagnostics;
using Ledger.Domain.GoNoGo;

namespace Ledger.Server.Releases;

/// <summary>How a gate or a NO-GO condition stands, in one word.</summary>
internal static class GateOutcomeNames
{
    /// <summary>The outcome of the gate or condition of that name.</summary>
    public static string Of(ReleaseStanding standing, string name)
    {
        foreach (var gate in standing.Gates)
            if (gate.Name == name) return Of(gate.Outcome);
        foreach (var condition in standing.Conditions)
            if (condition.Name == name) return Of(condition.Outcome);
        throw new UnreachableException();
    }

    private static string Of(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => "passed",
        GateOutcome.Failed => "failed",
        GateOutcome.NotEvaluated => "not_evaluated",
        GateOutcome.Waived => "waived",
        GateOutcome.Pending => "pending",
        _ => throw new UnreachableException(),
    };

    private static string Of(ConditionOutcome outcome) => outcome switch
    {
        ConditionOutcome.Absent => "absent",
        ConditionOutcome.Present => "present",
        ConditionOutcome.NotEvaluated => "not_evaluated",
        _ => throw new UnreachableException(),
    };
}
