using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Tests.Releases;

public class ReportTests
{
    [Fact]
    public void A_report_under_a_gate_that_there_is_not_is_refused() => Refusal("lode", TestReport.K6()).ShouldBe("gate_unknown");

    [Fact]
    public void A_report_under_a_NO_GO_condition_is_refused() => Refusal("critical-cve", TestReport.Trivy()).ShouldBe("gate_unknown");

    [Theory]
    [InlineData("load")]
    [InlineData("backup")]
    public void A_report_of_a_tool_that_the_gate_does_not_ask_for_is_refused(string gate) => Refusal(gate, TestReport.Trivy()).ShouldBe("tool_not_in_gate");

    [Theory]
    [InlineData(Story.Commit)]
    [InlineData("0123456")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF01234567")]
    public void A_report_on_the_releases_commit_is_taken_abbreviated_and_in_upper_case_too(string commit) =>
        Try("load", TestReport.K6() with { Commits = [commit] }).ShouldBeOfType<Decision.Accepted>();

    [Theory]
    [InlineData("0123457")]
    [InlineData("012345")]
    [InlineData("")]
    [InlineData(Story.Commit + "-dirty")]
    public void A_report_on_another_commit_or_on_none_at_all_is_refused(string commit) =>
        Refusal("load", TestReport.K6() with { Commits = [commit] }).ShouldBe("evidence_of_other_commit");

    [Fact]
    public void A_report_on_one_of_the_releases_artifacts_is_taken_even_if_it_names_others()
    {
        var other = TestDigest.Of(0x99).ToString();
        Try("load", TestReport.K6() with { Digests = [other, Story.Sidecar.ToString()] }).ShouldBeOfType<Decision.Accepted>();
        Try("load", TestReport.K6() with { Digests = ["sha256:" + Story.Image.Hex.ToUpperInvariant()] }).ShouldBeOfType<Decision.Accepted>();
        Refusal("load", TestReport.K6() with { Digests = [other] }).ShouldBe("evidence_of_other_artifact");
        Refusal("load", TestReport.K6() with { Digests = ["latest"] }).ShouldBe("evidence_of_other_artifact");
    }

    [Fact]
    public void The_right_commit_does_not_excuse_the_wrong_artifact() =>
        Refusal("load", TestReport.K6() with { Commits = [Story.Commit], Digests = [TestDigest.Of(0x99).ToString()] }).ShouldBe("evidence_of_other_artifact");

    [Fact]
    public void A_report_that_meets_every_criterion_passes()
    {
        var reported = Reported("load", TestReport.K6());
        reported.Outcome.ShouldBe(Outcome.Passed);
        reported.Results.ShouldAllBe(result => result.Outcome == Outcome.Passed);
        reported.Supersedes.ShouldBeNull();
    }

    [Fact]
    public void One_failed_criterion_fails_the_report_and_the_others_stand_as_they_are()
    {
        var reported = Reported("load", TestReport.K6(p95: 150));
        reported.Outcome.ShouldBe(Outcome.Failed);
        reported.Results.Select(result => (result.Outcome, result.Value)).ShouldBe([(Outcome.Passed, 0.001), (Outcome.Failed, 150)]);
    }

    [Fact]
    public void A_criterion_without_a_value_is_not_evaluated()
    {
        var reported = Reported("load", Without("http_req_duration.p(95)"));
        reported.Outcome.ShouldBe(Outcome.NotEvaluated);
        reported.Results[1].Outcome.ShouldBe(Outcome.NotEvaluated);
        reported.Results[1].Value.ShouldBeNull();
    }

    [Fact]
    public void A_failure_outweighs_what_is_not_known()
    {
        var report = Without("http_req_duration.p(95)");
        Reported("load", report with { Measurements = [report.Measurements[0] with { Value = 0.5 }] }).Outcome.ShouldBe(Outcome.Failed);
    }

    [Fact]
    public void A_report_that_measures_nothing_is_not_evaluated() => Reported("load", TestReport.Of("k6")).Outcome.ShouldBe(Outcome.NotEvaluated);

    [Theory]
    [InlineData(Unit.Count)]
    [InlineData(Unit.Bytes)]
    [InlineData(Unit.Ratio)]
    public void A_value_in_another_unit_is_not_evaluated(Unit unit)
    {
        var result = Reported("load", TestReport.Of("k6", new Measurement("http_req_duration.p(95)", 1, unit))).Results[1];
        result.Outcome.ShouldBe(Outcome.NotEvaluated);
        result.Value.ShouldBe(1);
    }

    [Fact]
    public void A_bare_threshold_takes_the_metrics_unit_and_means_a_count_where_the_metric_has_none()
    {
        var policy = TestPolicy.With("load", gate => gate with
        {
            Criteria = [TestPolicy.Criterion("k6", "http_req_duration.p(95)", Comparator.Less, "150"), TestPolicy.Criterion("measurements", "downtime", Comparator.Less, "5")],
        });

        Outcome(TestReport.Of("k6", new Measurement("http_req_duration.p(95)", 149, Unit.Milliseconds))).ShouldBe(Domain.Releases.Outcome.Passed);
        Outcome(TestReport.Of("k6", new Measurement("http_req_duration.p(95)", 149, Unit.Count))).ShouldBe(Domain.Releases.Outcome.NotEvaluated);
        Outcome(TestReport.Of("measurements", new Measurement("downtime", 4, Unit.Count))).ShouldBe(Domain.Releases.Outcome.Passed);
        Outcome(TestReport.Of("measurements", new Measurement("downtime", 4, Unit.Ratio))).ShouldBe(Domain.Releases.Outcome.NotEvaluated);

        Outcome Outcome(ReportContent report) => Story.Opened(policy).Report("load", report).Last<ReleaseEvent.GateReported>().Outcome;
    }

    [Fact]
    public void A_report_that_proves_nothing_still_shows_a_failure_and_never_a_pass()
    {
        var reported = Reported("load", TestReport.K6(p95: 150) with { NotEvaluatedBecause = "aborted after a second" });
        reported.Results.Select(result => result.Outcome).ShouldBe([Outcome.NotEvaluated, Outcome.Failed]);
        reported.Outcome.ShouldBe(Outcome.Failed);
        reported.NotEvaluatedBecause.ShouldBe("aborted after a second");
    }

    [Theory]
    [InlineData(149, 150)]
    [InlineData(150, 149)]
    public void A_metric_that_is_stated_twice_is_held_to_the_worse_value(double first, double second)
    {
        var name = "http_req_duration.p(95)";
        var result = Reported("load", TestReport.Of("k6", new Measurement(name, first, Unit.Milliseconds), new Measurement(name, second, Unit.Milliseconds))).Results[1];
        result.Outcome.ShouldBe(Outcome.Failed);
        result.Value.ShouldBe(150);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_neither_good_nor_bad(double value)
    {
        var criterion = TestPolicy.Criterion("trivy", "vulnerabilities.critical", Comparator.NotEqual, "3");
        var report = TestReport.Of("trivy", new Measurement("vulnerabilities.critical", value, Unit.Count));
        CriterionEvaluation.Evaluate(criterion, report).Outcome.ShouldBe(Outcome.NotEvaluated);
        CriterionEvaluation.EvaluateNoGo(criterion, report).Outcome.ShouldBe(Outcome.NotEvaluated);
    }

    [Fact]
    public void A_negative_zero_becomes_the_zero_that_the_log_keeps() =>
        double.IsNegative(Reported("scan", TestReport.Trivy(high: -0.0)).Results[0].Value!.Value).ShouldBeFalse();

    [Fact]
    public void NO_GO_conditions_are_measured_in_every_report_of_their_tool()
    {
        var reported = Reported("base-scan", TestReport.Trivy(critical: 2));
        reported.Conditions.Select(condition => (condition.Condition, condition.Result.Outcome)).ShouldBe(
            [("critical-cve", Outcome.Failed), ("leak", Outcome.Passed), ("leak", Outcome.Passed)]);
        reported.Outcome.ShouldBe(Outcome.Passed);
        Reported("load", TestReport.K6()).Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void A_NO_GO_condition_without_a_value_is_not_evaluated() =>
        Reported("scan", TestReport.Of("trivy")).Conditions.ShouldAllBe(condition => condition.Result.Outcome == Outcome.NotEvaluated);

    [Fact]
    public void A_report_that_proves_nothing_shows_a_NO_GO_and_never_its_absence() =>
        Reported("scan", TestReport.Trivy(critical: 1) with { NotEvaluatedBecause = "half scanned" }).Conditions.Select(condition => condition.Result.Outcome)
            .ShouldBe([Outcome.Failed, Outcome.NotEvaluated, Outcome.NotEvaluated]);

    [Fact]
    public void Red_turns_green_only_with_a_reason_and_both_stay_visible()
    {
        var story = Story.Opened().Report("load", TestReport.K6(p95: 200));
        Refusal(story, "load", TestReport.K6()).ShouldBe("supersede_reason_missing");

        story.Report("load", TestReport.K6(), "the database was cold");
        story.Last<ReleaseEvent.GateReported>().Supersedes.ShouldBe(new Supersedes(2, "the database was cold"));
        story.Events.Count.ShouldBe(3);
    }

    [Fact]
    public void Red_turns_unknown_only_with_a_reason()
    {
        var story = Story.Opened().Report("load", TestReport.K6(p95: 200));
        Refusal(story, "load", TestReport.Of("k6")).ShouldBe("supersede_reason_missing");
        Refusal(story, "load", TestReport.K6() with { NotEvaluatedBecause = "aborted" }).ShouldBe("supersede_reason_missing");
    }

    [Fact]
    public void Green_turns_red_and_unknown_turns_green_without_a_reason()
    {
        var story = Story.Opened().Report("load", TestReport.K6()).Report("load", TestReport.K6(p95: 200));
        story.Last<ReleaseEvent.GateReported>().Supersedes.ShouldBe(new Supersedes(2));
        Story.Opened().Report("load", TestReport.Of("k6")).Report("load", TestReport.K6());
    }

    [Fact]
    public void Red_stays_red_without_a_reason() =>
        Story.Opened().Report("load", TestReport.K6(p95: 200)).Report("load", TestReport.K6(p95: 300)).Last<ReleaseEvent.GateReported>().Supersedes.ShouldBe(new Supersedes(2));

    [Fact]
    public void A_NO_GO_condition_is_cleared_only_with_a_reason()
    {
        var story = Story.Opened().Report("base-scan", TestReport.Trivy(critical: 1));
        Refusal(story, "base-scan", TestReport.Trivy()).ShouldBe("supersede_reason_missing");
        story.Report("base-scan", TestReport.Trivy(), "fixed in the base image");
    }

    [Fact]
    public void A_report_that_stays_red_for_one_thing_does_not_silently_clear_another()
    {
        var story = Story.Opened().Report("base-scan", TestReport.Trivy(critical: 1, medium: 99));
        Refusal(story, "base-scan", TestReport.Trivy(medium: 99)).ShouldBe("supersede_reason_missing");
        Refusal(story, "base-scan", TestReport.Trivy(critical: 1)).ShouldBe("supersede_reason_missing");
        Refusal(Story.Opened().Report("load", TestReport.K6(failed: 1, p95: 999)), "load", TestReport.K6(p95: 999)).ShouldBe("supersede_reason_missing");
    }

    [Fact]
    public void Each_tool_of_a_gate_is_superseded_by_itself()
    {
        var story = Story.Opened().Report("sast", TestReport.Bandit(high: 1)).Report("sast", TestReport.Sarif());
        story.Last<ReleaseEvent.GateReported>().Supersedes.ShouldBeNull();
        Refusal(story, "sast", TestReport.Bandit()).ShouldBe("supersede_reason_missing");
    }

    [Theory]
    [InlineData(0, "text_missing")]
    [InlineData(1, null)]
    [InlineData(4_000, null)]
    [InlineData(4_001, "text_too_long")]
    public void A_reason_has_1_to_4000_characters(int length, string? code)
    {
        var decision = Story.Opened().Report("load", TestReport.K6(p95: 200)).Try(new ReleaseCommand.ReportGate(Story.Release, "load", TestReport.K6(), new string('x', length)));
        (decision as Decision.Refused)?.Refusal.Code.ShouldBe(code);
        (decision is Decision.Accepted).ShouldBe(code is null);
    }

    [Fact]
    public void Evidence_measurements_and_redactions_go_into_the_event()
    {
        var report = TestReport.K6() with { Redactions = 3 };
        var reported = Reported("load", report);
        reported.Evidence.ShouldBe(report.Evidence);
        reported.Measurements.ShouldBe(report.Measurements);
        reported.Redactions.ShouldBe(3);
    }

    private static ReportContent Without(string metric)
    {
        var report = TestReport.K6();
        return report with { Measurements = [.. report.Measurements.Where(measurement => measurement.Name != metric)] };
    }

    private static ReleaseEvent.GateReported Reported(string gate, ReportContent report) => Story.Opened().Report(gate, report).Last<ReleaseEvent.GateReported>();

    private static Decision Try(string gate, ReportContent report) => Story.Opened().Try(new ReleaseCommand.ReportGate(Story.Release, gate, report));

    private static string Refusal(string gate, ReportContent report) => Refusal(Story.Opened(), gate, report);

    private static string Refusal(Story story, string gate, ReportContent report) => story.Refusal(new ReleaseCommand.ReportGate(Story.Release, gate, report));
}
