using Ledger.Domain.Deployments;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Domain.Tests.Releases;

namespace Ledger.Domain.Tests.Deployments;

public class StartTests
{
    [Fact]
    public void A_deployment_starts_on_a_recorded_go_of_the_releases_own_commit()
    {
        var rollout = Rollout.Started();
        rollout.State.Phase.ShouldBe(DeploymentPhase.Started);
        var started = rollout.Story.Last<DeploymentEvent.Started>();
        started.Decision.ShouldBe(rollout.Story.State!.Facts.Decision!.Event);
        started.Terms.Rules.Select(rule => rule.Text).ShouldBe(["p95 > 150ms for 5min", "3 consecutive failures of an analysis", "redis.failures > 5 in 5min", "burn > 2 × baseline"]);
    }

    [Fact]
    public void Without_a_recorded_go_it_does_not()
    {
        var story = Story.Ready(Rollout.Policy);
        story.Refusal(Rollout.Begin()).ShouldBe("go_not_recorded");
        story.Standing().Verdict.ShouldBe(Verdict.Go);
    }

    [Fact]
    public void After_a_no_go_it_does_not()
    {
        var rollout = Rollout.Decided();
        rollout.Story.Do(new ReleaseCommand.Decide(Story.Release, Go: false, "too risky"));
        rollout.Story.Refusal(Rollout.Begin()).ShouldBe("go_not_recorded");
    }

    [Fact]
    public void After_a_gate_turned_red_it_does_not()
    {
        var rollout = Rollout.Decided();
        rollout.Story.Attest("backup", met: false);
        rollout.Story.Refusal(Rollout.Begin()).ShouldBe("not_go");
    }

    [Theory]
    [InlineData("fedcba9", "wrong_commit")]
    [InlineData("not-a-commit", "commit_invalid")]
    [InlineData(null, "build_unknown")]
    public void Of_another_commit_it_does_not(string? commit, string code) => Rollout.Decided().Refusal(0, Rollout.Begin(commit)).ShouldBe(code);

    [Fact]
    public void Of_another_digest_it_does_not_even_beside_the_right_one()
    {
        var rollout = Rollout.Decided();
        rollout.Refusal(0, Rollout.Begin(null, new Artifact("shop", Story.Image), new Artifact("shop", TestDigest.Of(0x66)))).ShouldBe("wrong_digest");
        rollout.Do(0, Rollout.Begin(null, new Artifact("shop", Story.Image)));
    }

    [Theory]
    [InlineData(-1, "outside_window")]
    [InlineData(0, null)]
    [InlineData(3599.999999, null)]
    [InlineData(3600, "outside_window")]
    public void Outside_the_window_it_does_not(double second, string? code)
    {
        // The window begins an hour after the opening; a decision within it is made at its first second.
        var window = new MaintenanceWindow(Story.Start.AddHours(1), Story.Start.AddHours(2));
        var story = Story.Ready(Rollout.Policy, window: window).At(window.Start).Do(new ReleaseCommand.Decide(Story.Release, Go: true));
        var decision = story.At(window.Start + TimeSpan.FromMicroseconds(Math.Round(second * 1_000_000))).Try(Rollout.Begin());
        (decision as Decision.Refused)?.Refusal.Code.ShouldBe(code);
        (decision is Decision.Accepted).ShouldBe(code is null);
    }

    [Fact]
    public void Under_a_policy_that_plans_none_it_does_not() =>
        Story.Ready().Do(new ReleaseCommand.Decide(Story.Release, Go: true)).Refusal(Rollout.Begin()).ShouldBe("deployment_not_planned");

    [Fact]
    public void Twice_it_does_not_and_after_an_abort_it_does()
    {
        var rollout = Rollout.InCanary();
        rollout.Refusal(1, Rollout.Begin()).ShouldBe("deployment_under_way");
        rollout.Do(2, new DeploymentCommand.Abort(Story.Release, "no good"));
        rollout.Reasons(3).ShouldBe(["deployment_aborted"]);
        rollout.Do(4, Rollout.Begin());
        rollout.State.Attempt.ShouldBe(2);
        rollout.State.Steps.ShouldBeEmpty();
    }

    [Fact]
    public void What_has_happened_already_is_recorded_with_everything_that_was_wrong()
    {
        var story = Story.Opened(Rollout.Policy);
        story.Do(Rollout.Begin("fedcba9") with { Observed = new Observation(story.Now, "argocd") });
        story.State!.Deployment!.Phase.ShouldBe(DeploymentPhase.Started);
        story.State.Deployment.Deviations.Select(deviation => deviation.Code).ShouldBe(["go_not_recorded", "not_go", "wrong_commit"]);
        story.Reasons().Where(reason => reason.StartsWith("deviation", StringComparison.Ordinal)).Count().ShouldBe(3);
        story.Standing().Verdict.ShouldBe(Verdict.NoGo);
    }

    [Theory]
    [InlineData(60, null)]
    [InlineData(60.000001, "time_in_future")]
    [InlineData(-100_000, "time_before_release")]
    public void What_was_seen_is_neither_of_the_future_nor_of_before_the_release(double second, string? code)
    {
        var rollout = Rollout.Decided();
        var decision = rollout.Story.At(rollout.Start).Try(Rollout.Begin() with { Observed = rollout.Seen(second) });
        (decision as Decision.Refused)?.Refusal.Code.ShouldBe(code);
        (decision is Decision.Accepted).ShouldBe(code is null);
    }
}
