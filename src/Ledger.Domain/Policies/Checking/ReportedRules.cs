using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies.Checking;

/// <summary>What a policy says of reported numbers can be meant: one unit for a metric, one that it is held against, and one metric for a name.</summary>
internal static class ReportedRules
{
    internal static void Check(Policy policy, ProblemSink problems)
    {
        var thresholds = policy.Analyses.Select(analysis => (analysis.Metric, Threshold: (Quantity?)analysis.Threshold))
            .Concat((policy.Rollback?.Rules ?? []).OfType<RollbackRule.Sustained>().Select(rule => (rule.Metric, Threshold: (Quantity?)rule.Threshold)))
            .ToLookup(each => each.Metric, each => each.Threshold, StringComparer.Ordinal);
        var (units, names) = (new Dictionary<string, StatedUnit>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var (metric, reported, path) in policy.Reported())
        {
            if (reported.As is { } name && !names.TryAdd(name, metric) && names[name] != metric)
                problems.Error(PolicyProblemCodes.DuplicateName, $"{path}.as", $"'{name}' is reported as '{names[name]}' already; a name is one metric's.");
            if (!StatedUnit.TryParse(reported.Unit, out var unit))
            {
                problems.Error(PolicyProblemCodes.InvalidValue, $"{path}.unit", $"'{reported.Unit}' is no unit; write it as in a quantity, or by its name.", "e.g. s, ms, %, MiB, ratio, count");
                continue;
            }

            if (!units.TryAdd(metric, unit) && units[metric] != unit)
                problems.Error(PolicyProblemCodes.Contradiction, $"{path}.unit", $"'{metric}' is reported in another unit elsewhere; say it once.");
            if (thresholds[metric].FirstOrDefault(threshold => threshold?.Unit is { } held && held != unit.Unit) is { } other)
                problems.Error(PolicyProblemCodes.UnitMismatch, $"{path}.unit", $"'{metric}' is reported in '{reported.Unit}' and held against {other.Text}; no number of the one is one of the other.");
        }
    }
}
