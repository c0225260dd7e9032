using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;
using Ledger.Domain.Tests.Releases;

namespace Ledger.Domain.Tests.Deployments;

/// <summary>How rules and analyses stand: what cannot be told is never quiet, and never passed.</summary>
public class StandingTests
{
    [Fact]
    public void A_rule_whose_measurements_stop_coming_is_not_quiet()
    {
        var rollout = Rollout.InCanary().Measure("redis.failures", 10, 0);
        rollout.Reasons(130).ShouldNotContain("rule_not_evaluated redis");
        rollout.Reasons(130.000001).ShouldContain("rule_not_evaluated redis");
        rollout.Measure("redis.failures", 140, 0).Reasons(140).ShouldNotContain("rule_not_evaluated redis");
    }

    [Fact]
    public void Before_the_deployment_starts_nobody_can_tell()
    {
        var terms = DeploymentTerms.Of(Rollout.Policy.Policy)!;
        RuleStanding.Of(terms, DeploymentState.None, DateTimeOffset.UnixEpoch).Select(rule => rule.Progress).Distinct().ShouldBe([RuleProgress.NotEvaluated]);
        AnalysisStanding.Of(terms, terms.Steps[0], DeploymentState.None, DateTimeOffset.UnixEpoch).Select(analysis => $"{analysis.Outcome}, {analysis.Because}").Distinct()
            .ShouldBe(["NotEvaluated, the step has not begun"]);
    }

    [Fact]
    public void A_rule_builds_up_from_when_its_condition_holds_until_it_fires()
    {
        var rollout = Rollout.InCanary().Measure("error_rate", 0, 0.001).Measure("p95", 0, 100);
        Rule(rollout, "slow", 10).Progress.ShouldBe(RuleProgress.Quiet);
        Rule(rollout, "in-a-row", 10).Progress.ShouldBe(RuleProgress.Quiet);
        rollout.Measure("p95", 30, 151).Measure("p95", 60, 151).Measure("error_rate", 60, 0.001);
        var slow = Rule(rollout, "slow", 60);
        slow.Progress.ShouldBe(RuleProgress.Building);
        slow.Since.ShouldBe(rollout.Second(30));
        slow.Count.ShouldBe(2.0);
        Rule(rollout, "in-a-row", 60).Progress.ShouldBe(RuleProgress.Building);
        Rule(rollout, "in-a-row", 60).Count.ShouldBe(2.0);
        rollout.Measure("p95", 90, 151);
        var fired = Rule(rollout, "in-a-row", 90);
        fired.Progress.ShouldBe(RuleProgress.Fired);
        fired.Trigger.ShouldBe(rollout.State.Triggers.Single(trigger => trigger.Rule == "in-a-row"));
    }

    [Theory]
    [InlineData("redis", 0, "redis.failures was not measured")]
    [InlineData("burn", 0, "nothing says what burn was before the release")]
    [InlineData("slow", 120, null)]
    [InlineData("slow", 120.000001, "p95 was not measured since")]
    public void What_is_not_measured_any_more_is_not_quiet(string name, double at, string? because)
    {
        var rollout = Rollout.InCanary().Measure("p95", 0, 100);
        var rule = Rule(rollout, name, at);
        rule.Progress.ShouldBe(because is null ? RuleProgress.Quiet : RuleProgress.NotEvaluated);
        if (because is not null) rule.Because.ShouldStartWith(because);
    }

    [Fact]
    public void Measurements_without_a_value_are_not_quiet()
    {
        var rollout = Rollout.InCanary().Measure("p95", 0, null);
        var rule = Rule(rollout, "slow", 1);
        rule.Progress.ShouldBe(RuleProgress.NotEvaluated);
        rule.Because.ShouldBe("the newest measurements of p95 could not tell");
    }

    [Fact]
    public void Occurrences_are_counted_within_the_span()
    {
        var rollout = Rollout.InCanary().Measure("redis.failures", 0, 2).Measure("redis.failures", 100, 3);
        var redis = Rule(rollout, "redis", 100);
        redis.Progress.ShouldBe(RuleProgress.Building);
        redis.Count.ShouldBe(5.0);
        redis.Since.ShouldBe(rollout.Second(0));
        rollout.Measure("redis.failures", 200, 0);
        Rule(rollout, "redis", 200).Progress.ShouldBe(RuleProgress.Building);
    }

    [Fact]
    public void An_analysis_is_counted_while_its_step_runs_and_stays_as_it_was_recorded()
    {
        var rollout = Rollout.InCanary().Good(30, 270).Measure("p95", 300, 151).Measure("error_rate", 300, 0.001);
        var latency = Analyses(rollout, 300)[1];
        latency.ShouldBe(new AnalysisStanding(rollout.State.Terms!.Analyses[1], Outcome.Passed, 10, 1, 0, null, 1, 1));
        rollout.Do(300, new DeploymentCommand.CompleteStep(Story.Release, "canary"));
        Analyses(rollout, 10_000)[1].ShouldBe(new AnalysisStanding(rollout.State.Terms!.Analyses[1], Outcome.Passed, 10, 1, 0, null));
    }

    private static RuleStanding Rule(Rollout rollout, string name, double second) =>
        RuleStanding.Of(rollout.State.Terms!, rollout.State, rollout.Second(second)).Single(rule => rule.Rule.Name == name);

    private static IReadOnlyList<AnalysisStanding> Analyses(Rollout rollout, double second) =>
        AnalysisStanding.Of(rollout.State.Terms!, rollout.State.Terms!.Steps[0], rollout.State, rollout.Second(second));
}
