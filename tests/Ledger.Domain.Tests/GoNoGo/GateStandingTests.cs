using Ledger.Domain.Releases;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Tests.Releases;

namespace Ledger.Domain.Tests.GoNoGo;

public class GateStandingTests
{
    [Fact]
    public void A_gate_without_anything_is_pending() => Expect(Story.Opened(), "load", GateOutcome.Pending, "report_missing load");

    [Fact]
    public void A_gate_waits_for_each_of_its_tools() =>
        Expect(Story.Opened().Report("sast", TestReport.Bandit()).Attest("sast"), "sast", GateOutcome.Pending, "report_missing sast");

    [Fact]
    public void A_report_gate_with_checks_waits_for_them_too() =>
        Expect(Story.Opened().Report("sast", TestReport.Bandit()).Report("sast", TestReport.Sarif()), "sast", GateOutcome.Pending, "attestation_missing sast");

    [Fact]
    public void An_attestation_gate_waits_for_each_of_its_checks() =>
        Expect(Story.Opened().Attest("redis", true, null, "aof"), "redis", GateOutcome.Pending, "attestation_missing redis");

    [Fact]
    public void A_value_that_is_missing_leaves_the_gate_not_evaluated() =>
        Expect(Story.Opened().Report("scan", TestReport.Of("trivy")), "scan", GateOutcome.NotEvaluated, "criterion_not_evaluated scan");

    [Fact]
    public void A_criterion_that_does_not_hold_fails_the_gate_whatever_else_is_missing() =>
        Expect(Story.Opened().Report("sast", TestReport.Bandit(high: 1)), "sast", GateOutcome.Failed, "criterion_failed sast", "report_missing sast", "attestation_missing sast");

    [Fact]
    public void A_check_that_is_not_met_fails_the_gate() =>
        Expect(Story.Opened().Attest("redis").Attest("redis", false, null, "aof"), "redis", GateOutcome.Failed, "attested_unmet redis");

    [Fact]
    public void A_reason_names_the_rule_what_was_measured_and_the_event()
    {
        var story = Story.Opened().Report("load", TestReport.K6(p95: 187.5));
        story.Standing().Reasons.Single(reason => reason.Code == "criterion_failed").ShouldSatisfyAllConditions(
            reason => reason.Rule.ShouldBe("k6 http_req_duration.p(95) < 150ms"),
            reason => reason.Message.ShouldBe("measured 187.5"),
            reason => reason.Verdict.ShouldBe(Verdict.NoGo),
            reason => reason.Events.ShouldHaveSingleItem().ShouldBe(story.State!.Last));
    }

    [Fact]
    public void A_report_that_proves_nothing_says_why()
    {
        var story = Story.Opened().Report("load", TestReport.K6() with { NotEvaluatedBecause = "aborted after a second" });
        story.Standing().Reasons.First(reason => reason.Code == "criterion_not_evaluated").Message.ShouldBe("aborted after a second");
    }

    [Fact]
    public void The_newest_report_counts() =>
        Expect(Story.Opened().Report("scan", TestReport.Trivy(high: 9)).Report("scan", TestReport.Trivy(), "fixed"), "scan", GateOutcome.Passed);

    [Fact]
    public void A_gate_that_asks_for_nothing_is_not_passed_by_that()
    {
        var empty = Story.Opened(TestPolicy.Publish(TestPolicy.Document with { Gates = [TestPolicy.Report("hollow")], NoGo = [] }));
        Expect(empty, "hollow", GateOutcome.Pending, "attestation_missing hollow");
        empty.Standing().Verdict.ShouldBe(Verdict.Pending);
    }

    [Fact]
    public void A_state_whose_readings_are_not_the_policys_is_no_ground_for_an_answer()
    {
        var story = Story.Ready();
        var gate = story.State!.Gate("load");
        var report = gate.Reports["k6"];
        var missing = story.State with { Gates = story.State.Gates.SetItem("load", gate with { Reports = gate.Reports.SetItem("k6", report with { Readings = [] }) }) };
        Should.Throw<InvalidOperationException>(() => ReleaseJudge.Judge(missing, story.Policy, story.Now));
    }

    private static void Expect(Story story, string name, GateOutcome outcome, params string[] reasons)
    {
        story.Gate(name).Outcome.ShouldBe(outcome);
        story.Reasons().Where(reason => reason.EndsWith(" " + name, StringComparison.Ordinal)).ShouldBe(reasons);
    }

    [Fact]
    public void What_was_red_stays_to_be_seen_with_the_reason_even_when_further_reports_need_none()
    {
        var story = Story.Ready().Report("load", TestReport.K6(failed: 0.5));
        var red = story.State!.Last.Version;
        story.Report("load", TestReport.K6(), "the network was down").Report("load", TestReport.K6());

        story.Gate("load").Superseded.ShouldNotBeNull().ShouldHaveSingleItem().ShouldBe(new Supersedes(red, "the network was down"));
    }
}
