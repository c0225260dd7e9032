using Ledger.Domain.GoNoGo;
using Ledger.Domain.Measurements;
using Ledger.Domain.Tests.Releases;

namespace Ledger.Domain.Tests.GoNoGo;

public class ConditionStandingTests
{
    [Fact]
    public void A_condition_of_which_nothing_is_known_is_not_evaluated()
    {
        Expect(Story.Opened(), "critical-cve", ConditionOutcome.NotEvaluated, Verdict.Pending);
        Expect(Story.Opened(), "freeze", ConditionOutcome.NotEvaluated, Verdict.Pending);
    }

    [Fact]
    public void An_attested_condition_is_what_the_newest_word_says()
    {
        Expect(Story.Opened().Attest("freeze"), "freeze", ConditionOutcome.Absent, null);
        Expect(Story.Opened().Attest("freeze").Attest("freeze", met: false), "freeze", ConditionOutcome.Present, Verdict.NoGo);
    }

    [Fact]
    public void A_measured_condition_is_absent_once_a_report_shows_it_to_be() =>
        Expect(Story.Opened().Report("scan", TestReport.Trivy()), "critical-cve", ConditionOutcome.Absent, null);

    [Fact]
    public void A_condition_that_one_report_shows_is_not_cleared_by_the_report_of_another_gate()
    {
        Expect(Story.Opened().Report("scan", TestReport.Trivy(critical: 1)).Report("base-scan", TestReport.Trivy()), "critical-cve", ConditionOutcome.Present, Verdict.NoGo);
        Expect(Story.Opened().Report("base-scan", TestReport.Trivy(critical: 1)).Report("scan", TestReport.Trivy()), "critical-cve", ConditionOutcome.Present, Verdict.NoGo);
    }

    [Fact]
    public void A_report_that_does_not_tell_is_not_outvoted_by_one_that_does()
    {
        var mute = TestReport.Of("trivy", new Measurement("vulnerabilities.medium", 0, Unit.Count));
        Expect(Story.Opened().Report("scan", TestReport.Trivy()).Report("base-scan", mute), "critical-cve", ConditionOutcome.NotEvaluated, Verdict.Pending);
        Expect(Story.Opened().Report("base-scan", mute).Report("scan", TestReport.Trivy()), "critical-cve", ConditionOutcome.NotEvaluated, Verdict.Pending);
        Expect(Story.Opened().Report("scan", TestReport.Trivy(critical: 1)).Report("base-scan", mute), "critical-cve", ConditionOutcome.Present, Verdict.NoGo);
    }

    [Fact]
    public void A_report_that_proves_nothing_does_not_show_an_absence() =>
        Expect(Story.Opened().Report("scan", TestReport.Trivy() with { NotEvaluatedBecause = "half scanned" }), "critical-cve", ConditionOutcome.NotEvaluated, Verdict.Pending);

    [Fact]
    public void Any_one_of_several_criteria_makes_a_condition_present_and_all_of_them_are_needed_for_its_absence()
    {
        Expect(Story.Opened().Report("scan", TestReport.Trivy()), "leak", ConditionOutcome.Absent, null);
        Expect(Story.Opened().Report("scan", TestReport.Trivy(secrets: 1)), "leak", ConditionOutcome.Present, Verdict.NoGo);
        Expect(Story.Opened().Report("scan", TestReport.Trivy(endOfLife: true)), "leak", ConditionOutcome.Present, Verdict.NoGo);
        var noSystem = TestReport.Trivy();
        Expect(Story.Opened().Report("scan", noSystem with { Measurements = [.. noSystem.Measurements.Where(m => m.Unit != Unit.Boolean)] }), "leak", ConditionOutcome.NotEvaluated, Verdict.Pending);
    }

    [Fact]
    public void It_names_every_report_it_rests_on() =>
        Story.Opened().Report("base-scan", TestReport.Trivy()).Report("scan", TestReport.Trivy()).Condition("leak").Events.Select(reference => reference.Version).ShouldBe([2, 3]);

    [Fact]
    public void The_report_of_an_advisory_gate_counts() =>
        Expect(Story.Ready().Report("base-scan", TestReport.Trivy(critical: 1)), "critical-cve", ConditionOutcome.Present, Verdict.NoGo);

    private static void Expect(Story story, string name, ConditionOutcome outcome, Verdict? verdict)
    {
        story.Condition(name).Outcome.ShouldBe(outcome);
        story.Standing().Reasons.SingleOrDefault(reason => reason.Subject == name)?.Verdict.ShouldBe(verdict ?? Verdict.Go);
        story.Standing().Reasons.Any(reason => reason.Subject == name).ShouldBe(verdict is not null);
    }
}
