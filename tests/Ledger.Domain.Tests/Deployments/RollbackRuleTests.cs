using Ledger.Domain.Deployments;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Tests.Releases;

namespace Ledger.Domain.Tests.Deployments;

public class RollbackRuleTests
{
    // Without a limit of its own the step lets every rule have its turn; analyses have none of theirs either.
    private static readonly PublishedPolicy Patient = TestPolicy.Publish(Rollout.Policy.Policy with
    {
        Deployment = Rollout.Policy.Policy.Deployment! with { Steps = [Rollout.Step("canary", "10%", null, null, "errors"), Rollout.Step("full", "100%", null, null)] },
        Rollback = Rollout.Policy.Policy.Rollback! with { Rules = [.. Rollout.Policy.Policy.Rollback!.Rules.Where(rule => rule.Name != "in-a-row")] },
    });

    [Theory]
    [InlineData(299.999999, false)]
    [InlineData(300, true)]
    [InlineData(300.000001, true)]
    public void A_sustained_rule_fires_when_it_has_held_for_its_time(double last, bool fires)
    {
        var rollout = Rollout.InCanary(Patient);
        for (var second = 0; second < 270; second += 30) rollout.Measure("p95", second, 151);
        rollout.Measure("p95", last, 150.000001);
        rollout.Fired.ShouldBe(fires ? ["slow"] : []);
        if (!fires) return;
        rollout.Trigger.Window.ShouldBe(new RuleWindow(rollout.Second(0), rollout.Second(last)));
        rollout.Trigger.Count.ShouldBe(10);
        rollout.Trigger.Measurements.ShouldBe(rollout.Story.Events.Where(recorded => recorded.Event is DeploymentEvent.Measured).Select(recorded => recorded.Version));
    }

    [Fact]
    public void One_measurement_that_is_not_bad_breaks_it()
    {
        var rollout = Rollout.InCanary(Patient);
        for (var second = 0; second <= 600; second += 30) rollout.Measure("p95", second, second == 270 ? 150 : 151);
        rollout.Fired.ShouldBe(["slow"]);
        rollout.Trigger.Window.ShouldBe(new RuleWindow(rollout.Second(300), rollout.Second(600)));
    }

    [Fact]
    public void A_silence_breaks_it_because_nobody_can_tell()
    {
        var rollout = Rollout.InCanary(Patient);
        rollout.Measure("p95", 0, 151).Measure("p95", 120, 151).Measure("p95", 240.000001, 151).Measure("p95", 360, 151);
        rollout.Fired.ShouldBeEmpty();
        rollout.Measure("p95", 480, 151).Measure("p95", 540.000001, 151);
        rollout.Fired.ShouldBe(["slow"]);
        rollout.Trigger.Window.From.ShouldBe(rollout.Second(240.000001));
    }

    [Fact]
    public void What_arrives_out_of_order_is_put_in_order_first()
    {
        var rollout = Rollout.InCanary(Patient);
        foreach (var second in new[] { 300, 0, 200, 100 }) rollout.Do(300, Rollout.Measures(rollout.Sample("p95", second, 151)));
        rollout.Fired.ShouldBe(["slow"]);
        rollout.Trigger.Window.ShouldBe(new RuleWindow(rollout.Second(0), rollout.Second(300)));
    }

    [Theory]
    [InlineData(new[] { 0.1, 0.1 }, false)]
    [InlineData(new[] { 0.1, 0.1, 0.1 }, true)]
    [InlineData(new[] { 0.1, 0.1, 0.001, 0.1, 0.1 }, false)]
    [InlineData(new[] { 0.005, 0.005, 0.005 }, true)]
    public void Failures_in_a_row_are_counted_from_measurement_to_measurement(double[] values, bool fires)
    {
        var rollout = Rollout.InCanary(WithoutStepLimit);
        for (var i = 0; i < values.Length; i++) rollout.Measure("error_rate", i, values[i]);
        rollout.Fired.ShouldBe(fires ? ["in-a-row"] : []);
    }

    [Fact]
    public void One_that_could_not_tell_neither_counts_nor_ends_the_row()
    {
        var rollout = Rollout.InCanary(WithoutStepLimit);
        rollout.Measure("error_rate", 1, 0.1).Measure("error_rate", 2, null).Measure("error_rate", 3, 0.1);
        rollout.Fired.ShouldBeEmpty();
        rollout.Measure("error_rate", 4, 0.1);
        rollout.Fired.ShouldBe(["in-a-row"]);
        rollout.Trigger.Measurements.Count.ShouldBe(3);
    }

    [Fact]
    public void Each_analysis_is_counted_by_itself()
    {
        var rollout = Rollout.InCanary(WithoutStepLimit);
        rollout.Measure("error_rate", 1, 0.1).Measure("p95", 2, 200).Measure("error_rate", 3, 0.1).Measure("p95", 4, 200);
        rollout.Fired.ShouldBeEmpty();
    }

    [Fact]
    public void What_fails_in_a_step_that_does_not_analyse_it_is_in_no_row()
    {
        var policy = TestPolicy.Publish(WithoutStepLimit.Policy with { Deployment = WithoutStepLimit.Policy.Deployment! with { Steps = [Rollout.Step("canary", "10%", null, null, "latency"), Rollout.Step("full", "100%", null, null)] } });
        var rollout = Rollout.InCanary(policy);
        for (var second = 1; second < 10; second++) rollout.Measure("error_rate", second, 0.1);
        rollout.Fired.ShouldBeEmpty();
    }

    [Fact]
    public void A_late_good_one_in_the_middle_of_a_row_ends_it_where_it_belongs()
    {
        var rollout = Rollout.InCanary(WithoutStepLimit).Measure("error_rate", 10, 0.1).Measure("error_rate", 20, 0.1);
        rollout.Do(21, Rollout.Measures(rollout.Sample("error_rate", 15, 0.001)));
        rollout.Measure("error_rate", 30, 0.1);
        rollout.Fired.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(300, 6, false)]
    [InlineData(299.999999, 6, true)]
    [InlineData(299.999999, 5, false)]
    public void Occurrences_are_counted_within_their_span(double last, int count, bool fires)
    {
        var rollout = Rollout.InCanary(Patient).Measure("redis.failures", 0, count - 2).Measure("redis.failures", 1, 0).Measure("redis.failures", 2, 1);
        rollout.Measure("redis.failures", last, 1);
        rollout.Fired.ShouldBe(fires ? ["redis"] : []);
        if (fires) rollout.Trigger.Found.ShouldBe("6 of redis.failures within 5min");
    }

    [Theory]
    [InlineData(0.08, false)]
    [InlineData(0.0800001, true)]
    public void A_multiple_of_the_baseline_is_compared_with_a_measured_one(double value, bool fires)
    {
        var rollout = Rollout.Decided(Patient);
        rollout.Do(0, Rollout.Measures(rollout.Sample("burn", -60, 0.04) with { Timing = SampleTiming.Baseline })).Do(0, Rollout.Begin());
        rollout.Measure("burn", 30, value);
        rollout.Fired.ShouldBe(fires ? ["burn"] : []);
        if (fires) rollout.Trigger.Baseline.ShouldBe(rollout.State.Baselines["burn"].Version);
    }

    [Theory]
    [InlineData("3", 0.7, 2.1, false)]
    [InlineData("3", 0.7, 2.1000001, true)]
    [InlineData("1.1", 0.3, 0.33, false)]
    [InlineData("2", 0, 0, false)]
    [InlineData("2", 0, 0.0001, true)]
    [InlineData("2", 1e300, 3e300, true)]
    public void A_multiple_is_what_people_make_of_it(string times, double before, double value, bool fires)
    {
        var policy = TestPolicy.Publish(Patient.Policy with
        {
            Rollback = Patient.Policy.Rollback! with { Rules = [new RollbackRule.AboveBaseline("burn", "Burn", "burn", decimal.Parse(times, System.Globalization.CultureInfo.InvariantCulture))] },
        });
        var rollout = Rollout.Decided(policy);
        rollout.Do(0, Rollout.Measures(rollout.Sample("burn", -60, before) with { Timing = SampleTiming.Baseline })).Do(0, Rollout.Begin());
        rollout.Measure("burn", 30, value).Fired.ShouldBe(fires ? ["burn"] : []);
    }

    [Fact]
    public void Who_cannot_tell_the_baseline_makes_nobody_forget_it()
    {
        var rollout = Rollout.Decided(Patient);
        rollout.Do(0, Rollout.Measures(rollout.Sample("burn", -60, 0.04) with { Timing = SampleTiming.Baseline }));
        rollout.Do(0, Rollout.Measures(rollout.Sample("burn", -30, null) with { Timing = SampleTiming.Baseline })).Do(0, Rollout.Begin());
        rollout.Measure("burn", 30, 0.09).Fired.ShouldBe(["burn"]);
    }

    [Fact]
    public void A_row_goes_on_from_a_step_into_the_next()
    {
        var policy = TestPolicy.Publish(WithoutStepLimit.Policy with
        {
            Deployment = WithoutStepLimit.Policy.Deployment! with
            {
                Steps = [Rollout.Step("canary", "10%", null, null, "errors"), Rollout.Step("expansion", "30%", null, null, "errors"), Rollout.Step("full", "100%", null, null)],
            },
        });
        var rollout = Rollout.InCanary(policy).Measure("error_rate", 10, 0.1).Measure("error_rate", 20, 0.1);
        rollout.Do(21, new DeploymentCommand.CompleteStep(Story.Release, "canary")).Do(22, new DeploymentCommand.StartStep(Story.Release, "expansion"));
        var (_, tally) = StepAnalysis.TallyOf(rollout.State, "errors", rollout.Second(22));
        (tally.Failed, tally.InARow, tally.WorstInARow, tally.Row!.Count).ShouldBe((0, 0, 0, 2), "the step counts its own alone");
        rollout.Measure("error_rate", 30, 0.1);
        rollout.Fired.ShouldBe(["in-a-row"]);
        (rollout.Trigger.Window, rollout.Trigger.Count).ShouldBe((new RuleWindow(rollout.Second(10), rollout.Second(30)), 3));
    }

    [Fact]
    public void Without_a_baseline_nobody_can_tell_and_the_answer_is_pending()
    {
        var rollout = Rollout.Started(Patient).Measure("burn", 30, 0.9);
        rollout.Fired.ShouldBeEmpty();
        rollout.Reasons(31).ShouldBe(["baseline_missing burn"]);
        rollout.Verdict(31).ShouldBe(Verdict.Pending);

        // It may come later, as long as it is of before.
        rollout.Do(40, Rollout.Measures(rollout.Sample("burn", -60, 0.04) with { Timing = SampleTiming.Baseline }));
        rollout.Fired.ShouldBe(["burn"]);
        rollout.Verdict(41).ShouldBe(Verdict.NoGo);
    }

    [Fact]
    public void A_step_that_bears_one_failure_takes_the_release_back_with_the_second_whichever_analysis_it_is_of()
    {
        var rollout = Rollout.InCanary().Measure("error_rate", 10, 0.1);
        rollout.Fired.ShouldBeEmpty();
        rollout.Measure("p95", 20, 150);
        rollout.Fired.ShouldBe(["canary"]);
        rollout.Trigger.Kind.ShouldBe(RuleKind.AnalysisLimit);
        rollout.Trigger.Found.ShouldBe("2 failed: 1 of errors, 1 of latency");
        rollout.Trigger.Window.ShouldBe(new RuleWindow(rollout.Second(10), rollout.Second(20)));
    }

    [Fact]
    public void A_rule_fires_once()
    {
        var rollout = Rollout.InCanary();
        for (var second = 0; second < 60; second++) rollout.Measure("error_rate", second, 0.9);
        rollout.Fired.ShouldBe(["canary", "in-a-row"], ignoreOrder: true);
        rollout.Verdict(60).ShouldBe(Verdict.NoGo);
        rollout.Refusal(60, new DeploymentCommand.StartStep(Story.Release, "expansion")).ShouldBe("rollback_triggered");
    }

    [Fact]
    public void A_long_run_names_its_first_and_its_newest_measurements()
    {
        var policy = TestPolicy.Publish(Patient.Policy with
        {
            Rollback = Patient.Policy.Rollback! with { Rules = [new RollbackRule.Sustained("long", "Long", "p95", Comparator.Greater, Rollout.Of("150ms"), Rollout.Of("1h"))] },
        });
        var rollout = Rollout.InCanary(policy);
        for (var second = 0; second <= 3600; second += 30) rollout.Measure("p95", second, 200);
        rollout.Trigger.Count.ShouldBe(121);
        rollout.Trigger.Measurements.Count.ShouldBe(Run.VersionsAtMost);
        rollout.Trigger.Measurements[0].ShouldBe(rollout.Story.Events.First(recorded => recorded.Event is DeploymentEvent.Measured).Version);
        rollout.Trigger.Measurements[^1].ShouldBe(rollout.Story.Events.Last(recorded => recorded.Event is DeploymentEvent.Measured).Version);
    }

    private static PublishedPolicy WithoutStepLimit { get; } = TestPolicy.Publish(Rollout.Policy.Policy with
    {
        Deployment = Rollout.Policy.Policy.Deployment! with { Steps = [Rollout.Step("canary", "10%", null, null, "errors"), Rollout.Step("full", "100%", null, null)] },
    });
}
