using Ledger.Domain.Policies;

namespace Ledger.Domain.Releases;

/// <summary>Decides about a tool's report: whether it is about this release, and what it comes to. The reporter's opinion is never asked.</summary>
internal static class ReportDecision
{
    public static Decision Decide(ReleaseCommand.ReportGate command, ReleaseState state, Policy policy)
    {
        var report = command.Report;
        if (policy.FindGate(command.Gate) is not { } gate) return GateNames.Unknown(command.Gate, policy);
        if (Text.CheckOptional("supersede reason", command.SupersedeReason, Text.NoteLength) is { } unreadable) return new Decision.Refused(unreadable);

        var criteria = gate.CriteriaOf(report.Tool).ToList();
        if (criteria.Count == 0)
        {
            var tools = gate.Criteria.Select(criterion => criterion.Tool).Distinct().ToList();
            return Decision.Refuse(
                "tool_not_in_gate",
                $"the gate '{gate.Name}' asks for nothing that a {report.Tool} report states",
                tools.Count == 0 ? "a person attests this gate: ledger gate attest" : $"it takes reports of: {string.Join(", ", tools)}");
        }

        if (OfAnotherBuild(report, state) is { } foreign) return new Decision.Refused(foreign);

        var results = criteria.Select(criterion => CriterionEvaluation.Evaluate(criterion, report)).ToList();
        var conditions = policy.ConditionsOf(report.Tool)
            .Select(entry => new ConditionResult(entry.Condition, CriterionEvaluation.EvaluateNoGo(entry.Criterion, report)))
            .ToList();
        var before = state.Gate(gate.Name).Reports.GetValueOrDefault(report.Tool);
        if (command.SupersedeReason is null && before is not null
            && (EndsRed(before.Readings, results) || EndsRed(before.Conditions, conditions.Select(condition => condition.Result))))
        {
            return Superseding.NeedsReason(gate.Name, before.Event.Version);
        }

        return Decision.Accept(new ReleaseEvent.GateReported(
            gate.Name, report.Tool, report.Evidence, report.Measurements, CriterionEvaluation.Combine(results), results, conditions,
            report.Redactions, report.NotEvaluatedBecause, Superseding.Of(before?.Event, command.SupersedeReason)));
    }

    // Asked of each demand by itself: a report that stays red for one must not end another unnoticed, because a waiver covers the gate
    // but never a NO-GO condition.
    private static bool EndsRed(IEnumerable<CriterionReading> before, IEnumerable<CriterionResult> after) =>
        before.Zip(after).Any(pair => pair.First.Outcome == Outcome.Failed && pair.Second.Outcome != Outcome.Failed);

    // A report that names commits or digests must name this release's: evidence of another build proves nothing about this one.
    private static Refusal? OfAnotherBuild(ReportContent report, ReleaseState state)
    {
        if (report.Commits.Count > 0 && !report.Commits.Any(commit => CommitId.Same(commit, state.Opened.Commit)))
        {
            return new Refusal(
                "evidence_of_other_commit", $"the report is about commit {report.Commits[0]}, the release about {state.Opened.Commit}", "run the tool on the release's commit");
        }

        if (report.Digests.Count > 0 && !report.Digests.Any(text => Digest.TryParse(text, out var digest) && state.Opened.Artifacts.Any(artifact => artifact.Digest == digest)))
        {
            return new Refusal(
                "evidence_of_other_artifact", $"the report is about {report.Digests[0]}, which is none of the release's artifacts", "run the tool on the release's artifact, by digest");
        }

        return null;
    }
}
