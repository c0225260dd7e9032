using Ledger.Domain.Policies;
using static Ledger.Domain.Tests.Policies.PolicyFixture;

namespace Ledger.Domain.Tests.Policies;

public sealed class NoGoRulesTests
{
    private static readonly Gate NoCriticals = Report("scan", "trivy vulnerabilities.critical == 0");

    [Fact]
    public void A_condition_that_can_be_absent_is_sound() => With(NoCriticals, NoGo("critical", "trivy vulnerabilities.critical > 0")).ShouldBeSound();

    [Fact]
    public void A_tool_that_no_gate_asks_for_can_never_be_evaluated() =>
        With(NoCriticals, NoGo("slow", "k6 http_req_duration.p(95) > 1s")).ShouldHaveOneProblem(PolicyProblemCodes.NoGoNeverEvaluated, "$.noGo[0].when[0]");

    [Theory]
    [InlineData("trivy vulnerabilities.high >= 0")]
    [InlineData("trivy vulnerabilities.high != 0.5")]
    public void A_condition_that_always_holds_is_refused(string condition) =>
        With(NoCriticals, NoGo("always", condition)).ShouldHaveOneProblem(PolicyProblemCodes.NoGoAlwaysPresent, "$.noGo[0].when[0]");

    [Fact]
    public void Conditions_that_hold_in_turn_are_refused_together() =>
        With(NoCriticals, NoGo("always", "trivy vulnerabilities.high > 3", "trivy vulnerabilities.high < 4")).ShouldHaveOneProblem(PolicyProblemCodes.NoGoAlwaysPresent, "$.noGo[0].when[0]");

    [Fact]
    public void A_condition_that_the_gates_bring_about_is_refused() =>
        With(NoCriticals, NoGo("clean", "trivy vulnerabilities.critical == 0")).ShouldHaveOneProblem(PolicyProblemCodes.NoGoAlwaysPresent, "$.noGo[0].when[0]").Message.ShouldContain("'scan'");

    [Fact]
    public void A_second_gate_of_the_same_tool_that_leaves_room_is_enough()
    {
        var noGo = NoGo("clean", "trivy vulnerabilities.critical == 0");
        (Sound with { Gates = [NoCriticals, Report("other", "trivy secrets.total == 0")], NoGo = [noGo] }).ShouldBeSound();
        With(NoCriticals with { Required = false }, noGo).ShouldBeSound();
    }

    [Fact]
    public void Its_conditions_are_checked_like_any_criterion() =>
        With(NoCriticals, NoGo("typo", "trivy vulnerabilities.critcal > 0")).ShouldHaveOneProblem(PolicyProblemCodes.UnknownMetric, "$.noGo[0].when[0].metric");

    [Fact]
    public void It_may_not_share_a_name_with_a_gate() => With(NoCriticals, NoGo("scan")).ShouldHaveOneProblem(PolicyProblemCodes.DuplicateName, "$.noGo[0].name");

    private static Policy With(Gate gate, NoGoCondition noGo) => Sound with { Gates = [gate], NoGo = [noGo] };
}
