using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.GoNoGo;

/// <summary>Holds one NO-GO condition of a policy against what is known.</summary>
internal static class ConditionJudge
{
    public static (ConditionStanding Standing, Reason? Reason) Judge(NoGoCondition condition, Policy policy, ReleaseState state) =>
        condition.When.Count == 0 ? Attested(condition, state) : Measured(condition, policy, state);

    private static (ConditionStanding, Reason?) Attested(NoGoCondition condition, ReleaseState state)
    {
        if (!state.Gate(condition.Name).Attestations.TryGetValue(string.Empty, out var attestation))
        {
            return Answer(condition, ConditionOutcome.NotEvaluated, [], condition.Title, "nobody has attested its absence");
        }

        return attestation.Met
            ? Answer(condition, ConditionOutcome.Absent, [attestation.Event], condition.Title, string.Empty)
            : Answer(condition, ConditionOutcome.Present, [attestation.Event], condition.Title, $"{attestation.By} attested that it is present");
    }

    // Present when any current report under any gate shows it; absent only when every criterion was measured by at least one report
    // and by none of them found to hold.
    private static (ConditionStanding, Reason?) Measured(NoGoCondition condition, Policy policy, ReleaseState state)
    {
        var events = new List<EventReference>();
        Criterion? unknown = null;
        foreach (var criterion in condition.When)
        {
            var readings = Readings(criterion, condition, policy, state).ToList();
            foreach (var (reading, report) in readings)
            {
                if (reading.Outcome == Outcome.Failed)
                    return Answer(condition, ConditionOutcome.Present, [report.Event], criterion.ToString(), $"measured {GateJudge.Text(reading.Value)}");
            }

            if (readings.Count == 0 || readings.Exists(entry => entry.Reading.Outcome == Outcome.NotEvaluated)) unknown ??= criterion;
            events.AddRange(readings.Select(entry => entry.Report.Event));
        }

        IReadOnlyList<EventReference> distinct = [.. events.Distinct().OrderBy(reference => reference.Sequence)];
        return unknown is null
            ? Answer(condition, ConditionOutcome.Absent, distinct, condition.Title, string.Empty)
            : Answer(condition, ConditionOutcome.NotEvaluated, distinct, unknown.ToString(), $"no {unknown.Tool} report tells whether it is there");
    }

    private static IEnumerable<(CriterionReading Reading, ReportState Report)> Readings(
        Criterion criterion, NoGoCondition condition, Policy policy, ReleaseState state)
    {
        var place = policy.ConditionsOf(criterion.Tool).ToList().FindIndex(entry => entry.Condition == condition.Name && ReferenceEquals(entry.Criterion, criterion));
        foreach (var gate in policy.Gates)
        {
            if (state.Gate(gate.Name).Reports.TryGetValue(criterion.Tool, out var report)) yield return (report.Conditions[place], report);
        }
    }

    private static (ConditionStanding, Reason?) Answer(
        NoGoCondition condition, ConditionOutcome outcome, IReadOnlyList<EventReference> events, string rule, string message)
    {
        var standing = new ConditionStanding(condition.Name, condition.Title, outcome, events);
        return outcome switch
        {
            ConditionOutcome.Absent => (standing, null),
            ConditionOutcome.Present => (standing, new Reason("no_go_present", Verdict.NoGo, condition.Name, rule, message, events)),
            _ => (standing, new Reason("no_go_not_evaluated", Verdict.Pending, condition.Name, rule, message, events)),
        };
    }
}
