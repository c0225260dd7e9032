using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using static Ledger.Domain.Tests.Policies.PolicyFixture;

namespace Ledger.Domain.Tests.Policies;

public sealed class DeploymentRulesTests
{
    [Fact]
    public void Weights_grow_to_the_whole() => Canary(Step("a", "10%"), Step("b", "30%"), Step("c", "100%")).ShouldBeSound();

    [Theory]
    [InlineData("10%")]
    [InlineData("5%")]
    [InlineData("0%")]
    [InlineData("101%")]
    public void A_weight_that_does_not_grow_is_refused(string second) =>
        Canary(Step("a", "10%"), Step("b", second), Step("c", "100%")).ShouldHaveOneProblem(PolicyProblemCodes.StepUnreachable, "$.deployment.steps[1].weight");

    [Fact]
    public void Steps_that_end_before_the_whole_are_refused() => Canary(Step("a", "10%"), Step("b", "99%")).ShouldHaveOneProblem(PolicyProblemCodes.StepUnreachable, "$.deployment.steps");

    [Fact]
    public void A_canary_step_has_a_weight() => Canary(Step("a", null), Step("b", "100%")).ShouldHaveOneProblem(PolicyProblemCodes.MissingMember, "$.deployment.steps[0]");

    [Theory]
    [InlineData("0s")]
    [InlineData("-1min")]
    [InlineData("367d")]
    public void A_duration_means_something(string duration) =>
        Canary(Step("a", "100%", duration)).ShouldHaveOneProblem(PolicyProblemCodes.OutOfRange, "$.deployment.steps[0].duration");

    [Fact]
    public void An_analysis_is_declared() =>
        (Canary(Step("a", "100%", analyses: ["error-rat"])) with { Analyses = [Analysis("error-rate", "error_rate")] })
            .ShouldHaveOneProblem(PolicyProblemCodes.UnknownReference, "$.deployment.steps[0].analyses[0]").Hint.ShouldBe("did you mean 'error-rate'?");

    [Fact]
    public void A_step_lasts_until_its_analyses_have_measured() =>
        (Canary(Step("a", "100%", "1min", ["slow"])) with { Analyses = [Analysis("slow", "error_rate", "2min")] })
            .ShouldHaveOneProblem(PolicyProblemCodes.WindowTooShort, "$.deployment.steps[0].duration");

    [Fact]
    public void An_owner_is_a_declared_role_and_failures_are_counted_from_nothing()
    {
        Canary(Step("a", "100%", owner: "ops")).ShouldHaveOneProblem(PolicyProblemCodes.UnknownRole, "$.deployment.steps[0].owner");
        Canary(Step("a", "100%", maxFailures: -1)).ShouldHaveOneProblem(PolicyProblemCodes.OutOfRange, "$.deployment.steps[0].maxFailures");
    }

    [Fact]
    public void Only_a_feature_flag_deployment_turns_a_flag()
    {
        (Sound with { Deployment = new DeploymentPlan(DeploymentStrategy.FeatureFlag, null, [Step("a", "100%")]) }).ShouldHaveOneProblem(PolicyProblemCodes.MissingMember, "$.deployment");
        (Sound with { Deployment = new DeploymentPlan(DeploymentStrategy.Canary, "f", [Step("a", "100%")]) }).ShouldHaveOneProblem(PolicyProblemCodes.InvalidValue, "$.deployment.flag");
    }

    [Fact]
    public void A_timeline_runs_forward_within_its_window()
    {
        var window = new MaintenancePlan(new MaintenanceWindow("01:00", Quantity("1h"), null), [], [], [], [], []);
        var plan = Sound with { Maintenance = window };
        BlueGreen(plan, Step("a", null, "30min", offset: "0min"), Step("b", null, "30min", offset: "30min")).ShouldBeSound();
        BlueGreen(plan, Step("a", null, "5min", offset: "30min"), Step("b", null, "5min", offset: "10min")).ShouldHaveOneProblem(PolicyProblemCodes.StepUnreachable, "$.deployment.steps[1].offset");
        BlueGreen(plan, Step("a", null, "61min", offset: "0min")).ShouldHaveOneProblem(PolicyProblemCodes.OutOfRange, "$.deployment.steps[0].offset");
    }

    [Fact]
    public void A_rule_needs_a_metric_that_is_supplied()
    {
        var policy = Sound with { Rollback = Rollback(Sustained("error_rate", "5min")) };
        policy.ShouldHaveOneProblem(PolicyProblemCodes.MetricNotSupplied, "$.rollback.rules[0].metric");
        (policy with { Analyses = [Analysis("a", "error_rate")] }).ShouldBeSound();
        (policy with { Monitoring = new MonitoringPlan([new ObservedMetric("error_rate", "Errors", [])], [], [], [], null) }).ShouldBeSound();
    }

    [Fact]
    public void A_metric_is_compared_in_one_unit_everywhere() =>
        (Sound with
        {
            Analyses = [Analysis("a", "error_rate")],
            Success = [new Expectation("s", "S", new MetricCondition("error_rate", Comparator.Less, Quantity("5ms")))],
        }).ShouldHaveOneProblem(PolicyProblemCodes.UnitMismatch, "$.success[0].measured.metric");

    [Theory]
    [InlineData("29s", PolicyProblemCodes.WindowTooShort)]
    [InlineData("30s", null)]
    public void A_rule_looks_at_more_than_one_interval(string span, string? code)
    {
        var policy = Sound with { Analyses = [Analysis("a", "error_rate")], Rollback = Rollback(Sustained("error_rate", span)) };
        if (code is null) policy.ShouldBeSound();
        else policy.ShouldHaveOneProblem(code, "$.rollback.rules[0].for");
    }

    [Fact]
    public void A_rule_outlasts_the_silence_between_two_measurements()
    {
        var policy = Sound with { Analyses = [Analysis("a", "error_rate", "2min")], Rollback = Rollback(Sustained("error_rate", "10min")) with { SilenceLimit = Quantity("1min") } };
        policy.ShouldHaveOneProblem(PolicyProblemCodes.WindowTooShort, "$.rollback.silenceLimit");
        (policy with { Rollback = policy.Rollback! with { SilenceLimit = Quantity("2min") } }).ShouldBeSound();
        (policy with { Analyses = [.. policy.Analyses, Analysis("b", "error_rate", "30s")] }).ShouldBeSound();
    }

    [Fact]
    public void Counting_rules_count_something()
    {
        var analysed = Sound with { Analyses = [Analysis("a", "m")] };
        (analysed with { Rollback = Rollback(new RollbackRule.FailuresInARow("r", "r", 0)) }).ShouldHaveOneProblem(PolicyProblemCodes.OutOfRange, "$.rollback.rules[0].consecutiveFailures");
        (analysed with { Rollback = Rollback(new RollbackRule.FailuresInARow("r", "r", 2, "b")) }).ShouldHaveOneProblem(PolicyProblemCodes.UnknownReference, "$.rollback.rules[0].analysis");
        (Sound with { Rollback = Rollback(new RollbackRule.FailuresInARow("r", "r", 2)) }).ShouldHaveOneProblem(PolicyProblemCodes.MetricNotSupplied, "$.rollback.rules[0]");
        (analysed with { Rollback = Rollback(new RollbackRule.Occurrences("r", "r", "m", -1, Quantity("5min"))) }).ShouldHaveOneProblem(PolicyProblemCodes.OutOfRange, "$.rollback.rules[0].moreThan");
        (analysed with { Rollback = Rollback(new RollbackRule.Occurrences("r", "r", "m", 5, Quantity("0s"))) }).ShouldHaveOneProblem(PolicyProblemCodes.OutOfRange, "$.rollback.rules[0].within");
        (analysed with { Rollback = Rollback(new RollbackRule.AboveBaseline("r", "r", "m", 0)) }).ShouldHaveOneProblem(PolicyProblemCodes.OutOfRange, "$.rollback.rules[0].timesBaseline");
    }

    [Fact]
    public void A_rehearsal_and_the_procedures_are_there()
    {
        (Sound with { Rollback = new RollbackPlan([], null, "laod", null, []) }).ShouldHaveOneProblem(PolicyProblemCodes.UnknownReference, "$.rollback.rehearsalGate").Hint.ShouldBe("did you mean 'load'?");
        (Sound with { Rollback = new RollbackPlan([], null, null, null, ["undo"]) }).ShouldHaveOneProblem(PolicyProblemCodes.UnknownReference, "$.rollback.procedures[0]");
    }

    private static RollbackRule.Sustained Sustained(string metric, string span) => new("r", "r", metric, Comparator.Greater, Quantity("1%"), Quantity(span));

    private static Policy Canary(params DeploymentStep[] steps) => Sound with { Deployment = new DeploymentPlan(DeploymentStrategy.Canary, null, steps) };

    private static Policy BlueGreen(Policy policy, params DeploymentStep[] steps) => policy with { Deployment = new DeploymentPlan(DeploymentStrategy.BlueGreen, null, steps) };
}
