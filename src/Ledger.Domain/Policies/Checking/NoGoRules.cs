using static Ledger.Domain.Policies.Checking.CriterionRules;

namespace Ledger.Domain.Policies.Checking;

/// <summary>Each NO-GO condition can be evaluated, and can be absent.</summary>
internal static class NoGoRules
{
    internal static void Check(Policy policy, ProblemSink problems)
    {
        for (var i = 0; i < policy.NoGo.Count; i++) Check(policy, policy.NoGo[i], $"$.noGo[{i}]", problems);
    }

    private static void Check(Policy policy, NoGoCondition noGo, string path, ProblemSink problems)
    {
        foreach (var metric in Place(noGo.When, $"{path}.when", problems).GroupBy(placed => (placed.Key, placed.Unit)))
        {
            var first = metric.First();
            var tool = first.Criterion.Tool;
            var askedBy = policy.Gates.Where(gate => gate.Criteria.Any(criterion => criterion.Tool == tool)).ToList();
            if (askedBy.Count == 0)
            {
                problems.Error(
                    PolicyProblemCodes.NoGoNeverEvaluated, first.Path,
                    $"No gate asks for a report of {tool}, so '{noGo.Name}' could never be evaluated and no release could go; "
                    + $"add a gate with a criterion of {tool}, or let a person attest the absence.");
                continue;
            }

            // Absent means that no condition holds.
            ValueRange Absent(ValueRange range) => metric.Aggregate(range, (left, placed) => placed.Cut(left));

            if (Absent(first.Nature).IsEmpty)
            {
                problems.Error(
                    PolicyProblemCodes.NoGoAlwaysPresent, first.Path,
                    $"'{noGo.Name}' is present whatever is measured: {first.Criterion.Metric} is {MetricNature.Describe(first.Nature)}; correct the condition.");
            }
            else if (askedBy.All(gate => Absent(Passing(gate, first)).IsEmpty))
            {
                var gates = string.Join(" and ", askedBy.Select(gate => $"'{gate.Name}'"));
                problems.Error(
                    PolicyProblemCodes.NoGoAlwaysPresent, first.Path,
                    $"'{noGo.Name}' is present whenever {gates} pass, so no release could go; correct '{first.Criterion}' or the gate's criteria.");
            }
        }
    }

    // The values that a report can state under a gate that it passes. Each gate has its own report, and the newest of any gate is the one
    // a NO-GO looks at: one gate that leaves room is enough. A report need not pass an advisory gate.
    private static ValueRange Passing(Gate gate, Placed like) =>
        gate.Required
            ? gate.Criteria
                .Where(criterion => (criterion.Tool, criterion.Metric) == like.Key && UnitOf(criterion) == like.Unit)
                .Aggregate(like.Nature, (left, criterion) => left.Where(criterion.Comparator, criterion.Threshold.Value))
            : like.Nature;
}
