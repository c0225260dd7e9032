using Ledger.Domain.Measurements;
using static Ledger.Domain.Policies.Checking.CriterionRules;

namespace Ledger.Domain.Policies.Checking;

/// <summary>Each gate asks for something, and what it asks for can be had.</summary>
internal static class GateRules
{
    internal static void Check(Policy policy, ProblemSink problems)
    {
        for (var i = 0; i < policy.Gates.Count; i++) Check(policy.Gates[i], $"$.gates[{i}]", problems);

        if (!policy.Gates.Any(gate => gate.Required) && policy.NoGo.Count == 0 && policy.SignOff.Count == 0)
            problems.Error(PolicyProblemCodes.NothingRequired, "$", "Every release would go at once; add a required gate, a NO-GO condition or a sign-off stage.");
    }

    private static void Check(Gate gate, string path, ProblemSink problems)
    {
        if (gate.Kind == GateKind.Report && gate.Criteria.Count == 0)
            problems.Error(
                PolicyProblemCodes.NothingToPass, path,
                $"The gate '{gate.Name}' is decided by reports but has no criteria; add one, or make it an attestation.");
        if (gate.Kind == GateKind.Attestation && gate.Criteria.Count > 0)
            problems.Error(
                PolicyProblemCodes.NothingToPass, path,
                $"The gate '{gate.Name}' is an attestation, so its criteria would never be looked at; make it a report gate or remove them.");

        foreach (var metric in Place(gate.Criteria, $"{path}.criteria", problems).GroupBy(placed => placed.Key)) Check([.. metric], problems);
    }

    private static void Check(List<Placed> sameMetric, ProblemSink problems)
    {
        var left = sameMetric[0].Nature;
        for (var i = 0; i < sameMetric.Count; i++)
        {
            var placed = sameMetric[i];
            if (placed.Unit != sameMetric[0].Unit)
            {
                problems.Error(
                    PolicyProblemCodes.Contradiction, $"{placed.Path}.threshold",
                    $"{Shown(placed)} and {Shown(sameMetric[0])} ask for different units of one measurement; use one unit.");
                return;
            }

            if (placed.Narrow(placed.Nature).IsEmpty)
            {
                problems.Error(
                    PolicyProblemCodes.Contradiction, placed.Path, $"{Shown(placed)} can never hold: the metric is {MetricNature.Describe(placed.Nature)}; correct the threshold.",
                    PerCent(placed));
                return;
            }

            left = placed.Narrow(left);
            if (left.IsEmpty)
            {
                var others = sameMetric.Take(i).ToList();
                var other = others.Find(earlier => placed.Narrow(earlier.Narrow(earlier.Nature)).IsEmpty);
                var with = other is null ? string.Join(" and ", others.Select(Shown)) : Shown(other);
                problems.Error(PolicyProblemCodes.Contradiction, placed.Path, $"{Shown(placed)} can never hold together with {with}; correct one of them.");
                return;
            }

            if (placed.Cut(placed.Nature).IsEmpty)
                problems.Warn(PolicyProblemCodes.AlwaysHolds, placed.Path, $"{Shown(placed)} holds whatever is measured: it demands a report, but nothing of it.");
        }
    }

    private static string Shown(Placed placed) => $"'{placed.Criterion}'";

    private static string? PerCent(Placed placed) =>
        placed is { Unit: Unit.Ratio, Criterion.Threshold: { Unit: null, Value: > 1 } threshold } ? $"for a percentage write {threshold.Text}%" : null;
}
