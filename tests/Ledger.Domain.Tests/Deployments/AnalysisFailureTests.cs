using Ledger.Domain.Deployments;
using Ledger.Domain.Policies;
using Ledger.Domain.Tests.Releases;

namespace Ledger.Domain.Tests.Deployments;

/// <summary>What a policy lets follow when an analysis fails more often in a step than its own limits bear: two failures here.</summary>
public class AnalysisFailureTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(AnalysisFailure.Hold)]
    public void Held_it_is_not_over_and_nothing_else_follows(AnalysisFailure? onFailure)
    {
        var rollout = Failing(onFailure);
        rollout.State.Paused.ShouldBeNull();
        rollout.Fired.ShouldBeEmpty();
        rollout.Reasons(40).ShouldBe(["analysis_failed errors"]);
    }

    [Fact]
    public void Paused_it_stands_still_until_a_person_resumes_it()
    {
        var rollout = Failing(AnalysisFailure.Pause);
        rollout.Story.Last<DeploymentEvent.Paused>().Reason.ShouldBe("the analysis errors failed: 3 failed measurements, and it bears 2");
        rollout.Reasons(40).ShouldBe(["deployment_paused", "analysis_failed errors"], ignoreOrder: true);

        // It has failed once and for all: the next failure stops nobody who went on all the same.
        rollout.Do(50, new DeploymentCommand.Resume(Story.Release, "a known fault of the probe")).Measure("error_rate", 60, 0.1);
        rollout.State.Paused.ShouldBeNull();
        rollout.Refusal(400, new DeploymentCommand.CompleteStep(Story.Release, "canary")).ShouldBe("analysis_not_passed");
    }

    [Fact]
    public void Given_up_it_can_be_started_again()
    {
        var rollout = Failing(AnalysisFailure.Abort);
        rollout.State.Phase.ShouldBe(DeploymentPhase.Aborted);
        rollout.Story.Last<DeploymentEvent.Aborted>().Reason.ShouldBe("the analysis errors failed: 3 failed measurements, and it bears 2");
        rollout.Do(50, Rollout.Begin()).State.Attempt.ShouldBe(2);
    }

    [Theory]
    [InlineData(AnalysisFailure.Rollback, "10%")]
    [InlineData(AnalysisFailure.Rollback, "100%")]
    [InlineData(AnalysisFailure.Abort, "100%")]
    public void Taken_back_it_names_the_measurements_that_decided_it(AnalysisFailure onFailure, string weight)
    {
        var rollout = Failing(onFailure, weight);
        rollout.Fired.ShouldBe(["errors"]);
        (rollout.Trigger.Kind, rollout.Trigger.Count, rollout.Trigger.Measurements.Count).ShouldBe((RuleKind.AnalysisLimit, 3, 3));
        rollout.Trigger.Found.ShouldBe("3 failed measurements, and it bears 2");
        rollout.Trigger.Window.ShouldBe(new(rollout.Second(10), rollout.Second(30)));
        rollout.Measure("error_rate", 40, 0.1).Fired.ShouldBe(["errors"], "once");
        rollout.State.Phase.ShouldBe(DeploymentPhase.Started, "until somebody rolls it back");
    }

    [Fact]
    public void Failures_in_a_row_are_a_limit_too()
    {
        var policy = Policy(AnalysisFailure.Rollback, "10%");
        var rollout = Rollout.InCanary(TestPolicy.Publish(policy with { Analyses = [policy.Analyses[0] with { FailureLimit = 100, ConsecutiveFailureLimit = 1 }] }));
        rollout.Measure("error_rate", 10, 0.1).Measure("error_rate", 20, 0.001).Measure("error_rate", 30, 0.1).Fired.ShouldBeEmpty();
        rollout.Measure("error_rate", 40, 0.005).Fired.ShouldBe(["errors"]);
    }

    [Fact]
    public void Where_the_step_has_a_limit_for_all_of_them_that_takes_the_release_back()
    {
        var policy = Policy(AnalysisFailure.Pause, "10%");
        var rollout = Rollout.InCanary(TestPolicy.Publish(policy with { Deployment = policy.Deployment! with { Steps = [policy.Deployment!.Steps[0] with { MaxFailures = 5 }, policy.Deployment.Steps[1]] } }));
        for (var second = 1; second <= 5; second++) rollout.Measure("error_rate", second, 0.1);
        (rollout.State.Paused, rollout.Fired.Count).ShouldBe((null, 0));
        rollout.Measure("error_rate", 6, 0.1).Fired.ShouldBe(["canary"]);
    }

    private static Rollout Failing(AnalysisFailure? onFailure, string weight = "10%") => Rollout.InCanary(TestPolicy.Publish(Policy(onFailure, weight)))
        .Measure("error_rate", 10, 0.1).Measure("error_rate", 20, 0.1).Measure("error_rate", 30, 0.1);

    private static Policy Policy(AnalysisFailure? onFailure, string weight) => Rollout.Policy.Policy with
    {
        Analyses = [Rollout.Policy.Policy.Analyses[0] with { OnFailure = onFailure }],
        Deployment = new DeploymentPlan(DeploymentStrategy.Canary, null, weight == "100%"
            ? [Rollout.Step("canary", weight, "5min", null, "errors")]
            : [Rollout.Step("canary", weight, "5min", null, "errors"), Rollout.Step("full", "100%", null, null)]),
        Rollback = null,
    };
}
