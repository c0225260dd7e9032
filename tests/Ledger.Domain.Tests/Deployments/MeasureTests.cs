using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Tests.Releases;

namespace Ledger.Domain.Tests.Deployments;

public class MeasureTests
{
    [Fact]
    public void A_repeated_measurement_appends_nothing_and_a_new_one_beside_it_does()
    {
        var rollout = Rollout.InCanary().Measure("p95", 30, 100);
        rollout.Refusal(31, Rollout.Measures(rollout.Sample("p95", 30, 999))).ShouldBe("measurements_repeated");
        rollout.Do(32, Rollout.Measures(rollout.Sample("p95", 30, 100), rollout.Sample("p95", 31, 101), rollout.Sample("p95", 31, 101)));
        rollout.Story.Last<DeploymentEvent.Measured>().Measurements.Select(sample => sample.Value).ShouldBe([101]);
    }

    [Fact]
    public void The_same_time_by_another_source_is_another_measurement()
    {
        var rollout = Rollout.InCanary().Measure("p95", 30, 100).Do(31, Rollout.Measures(Rollout.InCanary().Sample("p95", 30, 100, "datadog")));
        rollout.State.SeriesOf("p95").Recent.Length.ShouldBe(2);
    }

    [Fact]
    public void What_cannot_be_put_in_order_any_more_is_kept_and_does_not_count()
    {
        var rollout = Rollout.InCanary();
        for (var i = 1; i <= SeriesState.RecentAtMost + 1; i++) rollout.Measure("p95", i * 10, 100);
        rollout.State.SeriesOf("p95").Recent.Length.ShouldBe(SeriesState.RecentAtMost);
        rollout.Do(180, Rollout.Measures(rollout.Sample("p95", 10, 100)));
        rollout.Story.Last<DeploymentEvent.Measured>().Measurements.Single().Timing.ShouldBe(SampleTiming.Late);
        rollout.Do(181, Rollout.Measures(rollout.Sample("p95", 15, 999)));
        rollout.Story.Last<DeploymentEvent.Measured>().Measurements.Single().Timing.ShouldBeNull();
    }

    [Theory]
    [InlineData(60, null)]
    [InlineData(60.000001, SampleTiming.Ahead)]
    [InlineData(-0.000001, SampleTiming.Before)]
    [InlineData(0, null)]
    public void Clocks_may_differ_by_a_minute_and_not_by_more(double second, SampleTiming? timing)
    {
        var rollout = Rollout.InCanary();
        rollout.Do(0, Rollout.Measures(rollout.Sample("p95", second, 100)));
        rollout.Story.Last<DeploymentEvent.Measured>().Measurements.Single().Timing.ShouldBe(timing);
        rollout.State.SeriesOf("p95").Recent.Length.ShouldBe(timing is null ? 1 : 0);
    }

    [Fact]
    public void A_measurement_is_one_that_somebody_asks_for_in_its_unit()
    {
        var rollout = Rollout.InCanary();
        rollout.Refusal(1, Rollout.Measures(rollout.Sample("humidity", 1, 1))).ShouldBe("metric_not_planned");
        rollout.Refusal(1, Rollout.Measures(rollout.Sample("p95", 1, 1) with { Unit = Unit.Bytes })).ShouldBe("unit_mismatch");
        rollout.Refusal(1, Rollout.Measures(rollout.Sample("p95", 1, double.NaN))).ShouldBe("value_invalid");
        rollout.Refusal(1, Rollout.Measures(rollout.Sample("redis.failures", 1, -1))).ShouldBe("value_invalid");
        rollout.Refusal(1, Rollout.Measures(rollout.Sample("redis.failures", 1, 0.5))).ShouldBe("value_invalid");
        rollout.Refusal(1, Rollout.Measures(rollout.Sample("p95", 1, 1) with { Source = "" })).ShouldBe("text_missing");
        rollout.Refusal(1, Rollout.Measures()).ShouldBe("measurements_invalid");
        rollout.Refusal(1, Rollout.Measures([.. Enumerable.Range(0, MeasureDecision.SamplesAtMost + 1).Select(i => rollout.Sample("p95", i, 1))])).ShouldBe("measurements_invalid");
    }

    [Fact]
    public void Before_the_deployment_only_a_baseline_is_measured_and_during_it_none_is()
    {
        var rollout = Rollout.Decided();
        var baseline = rollout.Sample("burn", -60, 0.04) with { Timing = SampleTiming.Baseline };
        rollout.Refusal(0, Rollout.Measures(rollout.Sample("burn", -60, 0.04))).ShouldBe("deployment_not_started");
        rollout.Do(0, Rollout.Measures(baseline)).Do(1, Rollout.Begin());
        rollout.Refusal(2, Rollout.Measures(baseline)).ShouldBe("measurements_repeated");
        rollout.Refusal(2, Rollout.Measures(baseline with { At = rollout.Second(1) })).ShouldBe("baseline_too_late");
        rollout.Do(2, Rollout.Measures(baseline with { At = rollout.Second(-120), Value = 0.5 }));
        rollout.State.Baselines["burn"].Value.ShouldBe(0.04);
    }

    [Fact]
    public void After_an_abort_measurements_are_still_kept_and_no_rule_fires()
    {
        var rollout = Rollout.InCanary().Do(1, new DeploymentCommand.Abort(Story.Release, "no good"));
        foreach (var second in new[] { 2, 3, 4, 5 }) rollout.Measure("error_rate", second, 0.9);
        rollout.Fired.ShouldBeEmpty();
    }
}
