using Ledger.Domain.Policies;
using static Ledger.Domain.Tests.Policies.PolicyFixture;

namespace Ledger.Domain.Tests.Policies;

public sealed class GateRulesTests
{
    [Fact]
    public void A_sound_policy_has_no_problems()
    {
        Sound.ShouldBeSound();
        PolicyChecker.IsSound(Sound).ShouldBeTrue();
    }

    [Fact]
    public void An_unknown_tool_is_refused_with_the_nearest_one() =>
        With("tryvi vulnerabilities.critical == 0").ShouldHaveOneProblem(PolicyProblemCodes.UnknownTool, "$.gates[0].criteria[0].tool").Hint.ShouldBe("did you mean 'trivy'?");

    [Theory]
    [InlineData("trivy vulnerabilites.critical == 0", "did you mean 'vulnerabilities.critical'?")]
    [InlineData("k6 http_req_failed < 1", null)]
    [InlineData("measurements a,b < 1", null)]
    public void An_unknown_metric_is_refused_with_the_nearest_one(string criterion, string? hint) =>
        With(criterion).ShouldHaveOneProblem(PolicyProblemCodes.UnknownMetric, "$.gates[0].criteria[0].metric").Hint.ShouldBe(hint);

    [Theory]
    [InlineData("trivy vulnerabilities.critical == 0ms")]
    [InlineData("k6 http_req_duration.p(95) < 5%")]
    [InlineData("argocd sync.synced == 3s")]
    public void A_threshold_in_another_unit_is_refused(string criterion) =>
        With(criterion).ShouldHaveOneProblem(PolicyProblemCodes.UnitMismatch, "$.gates[0].criteria[0].threshold");

    [Theory]
    [InlineData("measurements anything < 5ms")]
    [InlineData("measurements anything == true")]
    [InlineData("measurements temperature > -40")]
    [InlineData("measurements cost <= $0.18")]
    [InlineData("k6 my_trend.p(95) < 300ms")]
    [InlineData("k6 my_rate.rate > 99%")]
    [InlineData("argocd sync.synced == 1")]
    public void A_metric_that_its_users_define_takes_any_unit(string criterion) => With(criterion).ShouldBeSound();

    [Theory]
    [InlineData("k6 http_req_failed.rate < 0%")]
    [InlineData("k6 http_req_failed.rate > 100%")]
    [InlineData("k6 checks.rate >= 99")]
    [InlineData("cobertura coverage.line >= 80")]
    [InlineData("trivy vulnerabilities.critical < 0")]
    [InlineData("trivy vulnerabilities.critical == 0.5")]
    [InlineData("argocd sync.synced > 1")]
    [InlineData("k6 http_req_duration.p(95) < 0ms")]
    [InlineData("k6 http_reqs.rate < 0/s")]
    [InlineData("measurements size < -1B")]
    public void A_criterion_that_no_value_can_meet_is_refused(string criterion) =>
        With(criterion).ShouldHaveOneProblem(PolicyProblemCodes.Contradiction, "$.gates[0].criteria[0]").Message.ShouldContain("can never hold");

    [Fact]
    public void A_percentage_written_as_a_bare_number_is_explained() =>
        PolicyChecker.Check(With("cobertura coverage.line >= 80"))[0].Hint.ShouldBe("for a percentage write 80%");

    [Theory]
    [InlineData("measurements x < 5", "measurements x > 5")]
    [InlineData("measurements x < 5", "measurements x >= 5")]
    [InlineData("measurements x <= 5", "measurements x > 5")]
    [InlineData("measurements x == 5", "measurements x == 6")]
    [InlineData("measurements x == 5", "measurements x != 5")]
    [InlineData("trivy secrets.total > 3", "trivy secrets.total < 4")]
    [InlineData("trivy secrets.total <= 0", "trivy secrets.total != 0")]
    [InlineData("argocd sync.synced != true", "argocd sync.synced != false")]
    [InlineData("k6 http_req_duration.avg > 1s", "k6 http_req_duration.avg < 999ms")]
    public void Two_criteria_that_contradict_each_other_are_refused(string one, string other)
    {
        var problem = With(one, other).ShouldHaveOneProblem(PolicyProblemCodes.Contradiction, "$.gates[0].criteria[1]");
        problem.Message.ShouldContain(one);
        problem.Message.ShouldContain(other);
    }

    [Theory]
    [InlineData("measurements x <= 5", "measurements x >= 5")]
    [InlineData("measurements x > 3", "measurements x < 4")]
    [InlineData("trivy secrets.total >= 3", "trivy secrets.total < 4")]
    [InlineData("k6 http_req_duration.avg < 1s", "k6 http_req_duration.max < 2s")]
    public void Criteria_that_leave_room_are_sound(string one, string other) => With(one, other).ShouldBeSound();

    [Fact]
    public void Three_criteria_can_contradict_each_other_where_no_two_do() =>
        With("trivy secrets.total < 2", "trivy secrets.total != 0", "trivy secrets.total != 1").ShouldHaveOneProblem(PolicyProblemCodes.Contradiction, "$.gates[0].criteria[2]");

    [Fact]
    public void One_measurement_has_one_unit() =>
        With("measurements x > 5ms", "measurements x > 5").ShouldHaveOneProblem(PolicyProblemCodes.Contradiction, "$.gates[0].criteria[1].threshold");

    [Fact]
    public void The_same_metric_may_differ_between_gates() =>
        (Sound with { Gates = [Report("a", "k6 http_req_duration.p(95) < 1s"), Report("b", "k6 http_req_duration.p(95) > 1s")] }).ShouldBeSound();

    [Theory]
    [InlineData("trivy vulnerabilities.critical >= 0")]
    [InlineData("k6 http_req_failed.rate <= 100%")]
    public void A_criterion_that_every_value_meets_is_a_warning(string criterion)
    {
        With(criterion).ShouldHaveOneProblem(PolicyProblemCodes.AlwaysHolds, "$.gates[0].criteria[0]").Severity.ShouldBe(ProblemSeverity.Warning);
        PolicyChecker.IsSound(With(criterion)).ShouldBeTrue();
    }

    [Fact]
    public void No_number_of_warnings_hides_an_error()
    {
        string[] vacuous = [.. Enumerable.Repeat("trivy vulnerabilities.critical >= 0", 50)];
        var policy = Sound with { Gates = [Report("a", vacuous), Report("b", vacuous), Report("c", vacuous)], SignOff = [Stage("only", 1, "nobody")] };
        PolicyChecker.Check(policy).Count.ShouldBe(PolicyJson.MaxProblems);
        PolicyChecker.IsSound(policy).ShouldBeFalse();
    }

    [Fact]
    public void A_gate_must_ask_for_something_that_fits_its_kind()
    {
        (Sound with { Gates = [Report("empty")] }).ShouldHaveOneProblem(PolicyProblemCodes.NothingToPass, "$.gates[0]");
        (Sound with { Gates = [Report("odd", "k6 checks.rate > 99%") with { Kind = GateKind.Attestation }] }).ShouldHaveOneProblem(PolicyProblemCodes.NothingToPass, "$.gates[0]");
        (Sound with { Gates = [Attested("fact")] }).ShouldBeSound();
    }

    [Fact]
    public void A_policy_must_ask_for_something()
    {
        (Sound with { Gates = [] }).ShouldHaveOneProblem(PolicyProblemCodes.NothingRequired, "$");
        (Sound with { Gates = [Attested("advice") with { Required = false }] }).ShouldHaveOneProblem(PolicyProblemCodes.NothingRequired, "$");
        (Sound with { Gates = [], NoGo = [NoGo("freeze")] }).ShouldBeSound();
    }

    private static Policy With(params string[] criteria) => Sound with { Gates = [Report("gate", criteria)] };
}
