using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Exports.Controls.Demands;

/// <summary>What has to be known of tests, checks, and what was let through without them.</summary>
internal static class TestDemands
{
    public static Demand Tested { get; } = new("The change was tested, and the results meet the criteria.", each => Gates(each, GateKind.Report, "measured by a report"));

    public static Demand Attested { get; } = new("What only people can check was checked.", each => Gates(each, GateKind.Attestation, "attested by a person"));

    public static Demand Exceptions { get; } = new("Whatever was let through without passing has an owner, a reason, a compensating control and an end.", each =>
    {
        var waivers = each.Dossier.Of<ReleaseEvent.GateWaived>().ToList();
        return waivers.Count == 0
            ? Finding.NotApplicable("nothing was waived")
            : Finding.Shown("gate_waived: owner, reason, control, until", waivers.Select(waiver => waiver.At));
    });

    public static Demand WayBack { get; } = new("A way back was prepared and rehearsed.", each =>
    {
        if (each.Dossier.Policy.Policy.Rollback is not { RehearsalGate: { } name })
            return Finding.NotShown("the policy names no gate that shows the rollback to be rehearsed", each.Dossier.Published);
        var gate = each.Dossier.Standing.Gates.First(gate => gate.Name == name);
        var events = gate.Events.Select(each.Dossier.At).ToList();
        return gate.Outcome switch
        {
            GateOutcome.Passed => Finding.Shown($"the gate {name}, which the policy names for it, passed", events),
            GateOutcome.Waived => Finding.NotShown($"the gate {name}, which the policy names for it, was waived", events),
            GateOutcome.Failed => Finding.NotShown($"the gate {name}, which the policy names for it, failed", events),
            _ => Finding.NotEvaluated($"the gate {name}, which the policy names for it, was not evaluated", events),
        };
    });

    // A waived gate is one that did not pass: it is named, and shown under the exceptions.
    private static Finding Gates(ControlCase each, GateKind kind, string how)
    {
        var gates = each.Dossier.Standing.Gates.Where(gate => gate.Kind == kind && gate.Required).ToList();
        if (gates.Count == 0) return Finding.NotShown($"the policy requires no gate that is {how}", each.Dossier.Published);
        var events = gates.SelectMany(gate => gate.Events).Distinct().OrderBy(reference => reference.Sequence).Select(each.Dossier.At).ToList();
        var failed = Names(gates, GateOutcome.Failed, GateOutcome.Waived);
        var unknown = Names(gates, GateOutcome.NotEvaluated, GateOutcome.Pending);
        if (failed.Length > 0) return Finding.NotShown($"did not pass: {failed}", events);
        return unknown.Length > 0
            ? Finding.NotEvaluated($"not evaluated: {unknown}", events)
            : Finding.Shown($"every required gate {how} passed: {Names(gates, GateOutcome.Passed)}", events);
    }

    private static string Names(IEnumerable<GateStanding> gates, params GateOutcome[] outcomes) => string.Join(
        ", ", gates.Where(gate => outcomes.Contains(gate.Outcome)).Select(gate => gate.Outcome == GateOutcome.Waived ? $"{gate.Name} (waived)" : gate.Name));
}
