using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies.Checking;

/// <summary>A rollback can be triggered by what is measured, and what it names is there.</summary>
internal static class RollbackRules
{
    internal static void Check(Policy policy, ProblemSink problems)
    {
        if (policy.Rollback is not { } plan) return;
        const string path = "$.rollback";
        problems.Duration($"{path}.objective", plan.Objective);
        problems.Duration($"{path}.silenceLimit", plan.SilenceLimit);
        problems.Reference($"{path}.rehearsalGate", plan.RehearsalGate, [.. policy.Gates.Select(gate => gate.Name)], "gate");
        for (var i = 0; i < plan.Procedures.Count; i++)
            problems.Reference($"{path}.procedures[{i}]", plan.Procedures[i], [.. policy.Procedures.Select(procedure => procedure.Name)], "procedure");

        var supplied = policy.Analyses.Select(analysis => analysis.Metric)
            .Concat((policy.Monitoring?.Metrics ?? []).Select(metric => metric.Name))
            .Concat((policy.AfterDeployment?.Checks ?? []).Select(check => check.Measured?.Metric).OfType<string>())
            .ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < plan.Rules.Count; i++) Check(policy, plan.Rules[i], plan.SilenceLimit, $"{path}.rules[{i}]", supplied, problems);
    }

    private static void Check(Policy policy, RollbackRule rule, Quantity? silenceLimit, string path, HashSet<string> supplied, ProblemSink problems)
    {
        switch (rule)
        {
            case RollbackRule.Sustained sustained:
                Supplied(sustained.Metric, path, supplied, problems);
                problems.RuntimeMetric($"{path}.metric", sustained.Metric, sustained.Threshold);
                problems.Duration($"{path}.for", sustained.For);
                if (policy.Analyses.FirstOrDefault(analysis => analysis.Metric == sustained.Metric && analysis.Interval.Value > sustained.For.Value) is { } slow)
                    problems.Error(
                        PolicyProblemCodes.WindowTooShort, $"{path}.for",
                        $"'{rule.Name}' looks at {sustained.For.Text}, but '{slow.Name}' measures every {slow.Interval.Text}: "
                        + "one measurement would be all there is. Lengthen the one or shorten the other.");
                if (policy.Analyses.Where(analysis => analysis.Metric == sustained.Metric).MinBy(analysis => analysis.Interval.Value) is { } often && often.Interval.Value > silenceLimit?.Value)
                    problems.Error(
                        PolicyProblemCodes.WindowTooShort, "$.rollback.silenceLimit",
                        $"'{rule.Name}' needs measurements that go on for {sustained.For.Text}, but '{often.Name}' measures every {often.Interval.Text} and {silenceLimit} of silence "
                        + "begin them anew: the rule could never fire. Lengthen the one or shorten the other.");
                break;
            case RollbackRule.FailuresInARow inARow:
                problems.Reference($"{path}.analysis", inARow.Analysis, [.. policy.Analyses.Select(analysis => analysis.Name)], "analysis");
                if (policy.Analyses.Count == 0)
                    problems.Error(
                        PolicyProblemCodes.MetricNotSupplied, path,
                        $"'{rule.Name}' counts failed measurements of analyses, and there is no analysis; declare one.");
                if (inARow.ConsecutiveFailures is < 1 or > 1_000)
                    problems.Error(PolicyProblemCodes.OutOfRange, $"{path}.consecutiveFailures", $"{inARow.ConsecutiveFailures} is out of range; write 1 to 1000.");
                break;
            case RollbackRule.Occurrences occurrences:
                Supplied(occurrences.Metric, path, supplied, problems);
                problems.Duration($"{path}.within", occurrences.Within);
                if (occurrences.MoreThan is < 0 or > 1_000)
                    problems.Error(PolicyProblemCodes.OutOfRange, $"{path}.moreThan", $"{occurrences.MoreThan} is out of range; write 0 to 1000.");
                break;
            case RollbackRule.AboveBaseline aboveBaseline:
                Supplied(aboveBaseline.Metric, path, supplied, problems);
                if (aboveBaseline.TimesBaseline is <= 0 or > 1_000_000)
                    problems.Error(
                        PolicyProblemCodes.OutOfRange, $"{path}.timesBaseline",
                        $"{aboveBaseline.TimesBaseline} is out of range; write a number greater than 0.");
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Supplied(string metric, string path, HashSet<string> supplied, ProblemSink problems)
    {
        if (supplied.Contains(metric)) return;
        problems.Error(
            PolicyProblemCodes.MetricNotSupplied, $"{path}.metric",
            $"Nothing supplies '{metric}', so the rule could never fire; add an analysis of it, or list it under monitoring.metrics.", Nearest.Hint(metric, supplied));
    }
}
