using Ledger.Domain.Deployments;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Tests.Releases;

namespace Ledger.Domain.Tests.Deployments;

public class StepTests
{
    private static readonly DeploymentCommand.CompleteStep CompleteCanary = new(Story.Release, "canary");

    [Fact]
    public void A_step_that_comes_later_is_skipped_to_only_as_a_deviation()
    {
        var rollout = Rollout.Started();
        var expansion = new DeploymentCommand.StartStep(Story.Release, "expansion");
        rollout.Refusal(1, expansion).ShouldBe("step_skipped");
        rollout.Do(1, expansion with { Observed = rollout.Seen(1) });
        rollout.Deviations.ShouldBe(["step_skipped expansion"]);
        rollout.State.RunningStep!.Name.ShouldBe("expansion");
        rollout.Reasons(2).ShouldContain("deviation expansion");
    }

    [Fact]
    public void The_step_before_is_completed_first()
    {
        var rollout = Rollout.InCanary();
        rollout.Refusal(1, new DeploymentCommand.StartStep(Story.Release, "expansion")).ShouldBe("step_not_completed");
        rollout.Refusal(1, new DeploymentCommand.Promote(Story.Release)).ShouldBe("step_not_completed");
        rollout.Refusal(1, new DeploymentCommand.StartStep(Story.Release, "canary")).ShouldBe("step_already_taken");
        rollout.Refusal(1, new DeploymentCommand.StartStep(Story.Release, "nowhere")).ShouldBe("step_unknown");
        rollout.Refusal(1, new DeploymentCommand.CompleteStep(Story.Release, "expansion")).ShouldBe("step_not_running");
    }

    [Theory]
    [InlineData(299.999999, "too_early")]
    [InlineData(300, null)]
    public void It_takes_its_time(double second, string? code)
    {
        var decision = Rollout.InCanary().Good(30, 270).Story.At(Rollout.InCanary().Second(second)).Try(CompleteCanary);
        (decision as Decision.Refused)?.Refusal.Code.ShouldBe(code);
        (decision is Decision.Accepted).ShouldBe(code is null);
    }

    [Fact]
    public void Left_early_in_the_cluster_it_is_a_deviation()
    {
        var rollout = Rollout.InCanary().Good(30, 90);
        rollout.Do(100, CompleteCanary with { Observed = rollout.Seen(100) });
        rollout.Deviations.ShouldBe(["too_early canary"]);
        rollout.State.RunningStep.ShouldBeNull();
    }

    [Fact]
    public void Without_a_measurement_it_is_not_over() => Rollout.InCanary().Refusal(300, CompleteCanary).ShouldBe("analysis_inconclusive");

    [Theory]
    [InlineData(120, null)]
    [InlineData(120.000001, "analysis_inconclusive")]
    public void Measurements_may_be_missing_for_as_long_as_silence_may_last(double gap, string? code)
    {
        var rollout = Rollout.InCanary().Good(30, 300);
        var decision = rollout.Story.At(rollout.Second(300 + gap)).Try(CompleteCanary);
        (decision as Decision.Refused)?.Refusal.Code.ShouldBe(code);
    }

    [Fact]
    public void After_a_silence_the_step_takes_its_time_again()
    {
        // The first measurement comes 150 s late: what came before nobody can tell.
        var rollout = Rollout.InCanary().Good(150, 300);
        rollout.Refusal(300, CompleteCanary).ShouldBe("analysis_inconclusive");
        rollout.Reasons(300).ShouldContain("analysis_inconclusive errors");
        rollout.Good(330, 420).Refusal(449, CompleteCanary).ShouldBe("analysis_inconclusive");
        rollout.Do(450, CompleteCanary);
    }

    [Fact]
    public void What_comes_late_fills_the_gap()
    {
        var rollout = Rollout.InCanary().Good(150, 300);
        rollout.Do(301, Rollout.Measures(rollout.Sample("error_rate", 60, 0.001), rollout.Sample("p95", 60, 100)));
        rollout.Do(302, CompleteCanary);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, "analysis_inconclusive")]
    public void Measurements_that_could_not_tell_are_borne_up_to_the_limit(int inconclusive, string? code)
    {
        var rollout = Rollout.InCanary();
        for (var i = 0; i < inconclusive; i++) rollout.Do(1, Rollout.Measures(rollout.Sample("error_rate", i, null)));
        rollout.Good(30, 300);
        var decision = rollout.Story.At(rollout.Second(300)).Try(CompleteCanary);
        (decision as Decision.Refused)?.Refusal.Code.ShouldBe(code);
    }

    [Fact]
    public void A_measurement_of_the_moment_between_two_steps_is_of_the_one_before()
    {
        var rollout = Rollout.InCanary().Good(30, 300).Do(300, CompleteCanary).Do(300, new DeploymentCommand.StartStep(Story.Release, "expansion"));
        StepAnalysis.TallyOf(rollout.State, "errors", rollout.Second(300)).Tally.Measured.ShouldBe(0);
        rollout.Do(300, Rollout.Measures(rollout.Sample("error_rate", 300, 0.001, "datadog")));
        StepAnalysis.TallyOf(rollout.State, "errors", rollout.Second(300)).Tally.Measured.ShouldBe(1, "it came in the step");
    }

    [Fact]
    public void A_limit_in_a_row_is_not_forgotten_when_measurements_are_good_again()
    {
        var policy = TestPolicy.Publish(Rollout.Policy.Policy with { Rollback = null });
        var rollout = Rollout.InCanary(policy).Good(30, 60);
        rollout.Measure("p95", 61, 151).Measure("p95", 62, 100).Measure("p95", 63, 99);
        rollout.Reasons(64).ShouldBeEmpty();

        // One in a row is borne, and so is one in the step; the step's limit goes with the next, and fails the analysis whose failures those are.
        rollout.Measure("p95", 65, 200).Good(90, 300);
        rollout.Refusal(300, CompleteCanary).ShouldBe("rollback_triggered");
        rollout.Reasons(300).ShouldBe(["rollback_triggered canary", "analysis_failed latency"]);
    }

    [Fact]
    public void Where_the_step_sets_no_limit_the_analysis_does()
    {
        var policy = TestPolicy.Publish(Rollout.Policy.Policy with
        {
            Rollback = null, Deployment = Rollout.Policy.Policy.Deployment! with { Steps = [Rollout.Step("canary", "100%", "5min", null, "errors")] },
        });
        var rollout = Rollout.InCanary(policy);
        rollout.Measure("error_rate", 1, 0.1).Measure("error_rate", 2, 0.1);
        rollout.Story.Standing(rollout.Second(3)).Reasons.ShouldBeEmpty();
        rollout.Measure("error_rate", 4, 0.005);
        rollout.Reasons(5).ShouldBe(["analysis_failed errors"]);
        rollout.Fired.ShouldBeEmpty();
        rollout.Refusal(300, CompleteCanary).ShouldBe("analysis_not_passed");
        rollout.Do(301, CompleteCanary with { Observed = rollout.Seen(301) });
        rollout.Story.Last<DeploymentEvent.StepCompleted>().Analyses.ShouldBe([new AnalysisResult("errors", Outcome.Failed, 3, 3, 0)]);
    }

    [Fact]
    public void While_it_stands_still_nothing_moves()
    {
        var rollout = Rollout.InCanary().Good(30, 300).Do(300, new DeploymentCommand.Pause(Story.Release, "lunch"));
        rollout.Refusal(301, CompleteCanary).ShouldBe("deployment_paused");
        rollout.Refusal(301, new DeploymentCommand.Pause(Story.Release, "lunch")).ShouldBe("deployment_paused");
        rollout.Reasons(301).ShouldBe(["baseline_missing burn", "deployment_paused"], ignoreOrder: true);
        rollout.Do(302, new DeploymentCommand.Resume(Story.Release, "back")).Do(303, CompleteCanary);
        rollout.Refusal(304, new DeploymentCommand.Resume(Story.Release, "back")).ShouldBe("deployment_not_paused");
    }

    [Fact]
    public void Promoting_needs_every_step_that_reaches_only_some()
    {
        var rollout = Rollout.FullyOut();
        rollout.State.FullyOut!.At.ShouldBe(rollout.Second(1_000));
        rollout.Refusal(1_001, new DeploymentCommand.Promote(Story.Release)).ShouldBe("already_promoted");
        rollout.Refusal(1_001, new DeploymentCommand.Abort(Story.Release, "no good")).ShouldBe("already_fully_out");
        rollout.Do(1_002, new DeploymentCommand.StartStep(Story.Release, "full"));
        rollout.Refusal(4_601, new DeploymentCommand.CompleteStep(Story.Release, "full")).ShouldBe("too_early");
        rollout.Do(4_602, new DeploymentCommand.CompleteStep(Story.Release, "full"));
        rollout.State.FullyOut!.At.ShouldBe(rollout.Second(1_000));
    }

    [Fact]
    public void Traffic_is_switched_when_what_comes_before_is_over()
    {
        var policy = TestPolicy.Publish(Rollout.Policy.Policy with
        {
            Deployment = new DeploymentPlan(DeploymentStrategy.BlueGreen, null, [Rollout.Step("deploy-green", null, "30min", null), Rollout.Step("switch", "100%", "5min", null)]),
        });
        var rollout = Rollout.Started(policy).Do(0, new DeploymentCommand.StartStep(Story.Release, "deploy-green"));
        rollout.Refusal(1, new DeploymentCommand.SwitchTraffic(Story.Release, "green")).ShouldBe("step_not_completed");
        rollout.Do(1_800, new DeploymentCommand.CompleteStep(Story.Release, "deploy-green")).Do(1_801, new DeploymentCommand.SwitchTraffic(Story.Release, "green", From: "blue"));
        rollout.State.FullyOut!.At.ShouldBe(rollout.Second(1_801));
        rollout.Do(1_900, new DeploymentCommand.SwitchTraffic(Story.Release, "blue", ToRelease: false));
        rollout.State.FullyOut.ShouldBeNull();
    }
}
