using Ledger.Domain.Deployments;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Measurements;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Tests.Releases;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Deployments;

public class RollbackTests
{
    private static readonly RollbackCommand.Start ByRule = new(Story.Release, RollbackCause.Rule, "it fired");
    private static readonly RollbackCommand.Complete Done = new(Story.Release);

    [Theory]
    [InlineData(299.999, true)]
    [InlineData(300, false)]
    public void How_long_it_took_is_held_against_the_objective(double seconds, bool within)
    {
        var rollout = Failing().Do(100, ByRule).Do(100 + seconds, Done);
        var completed = rollout.Story.Last<RollbackEvent.Completed>();
        (completed.DurationMs, completed.ObjectiveMs, completed.Within).ShouldBe(((long)(seconds * 1000), 300_000, within));
        rollout.Reasons(1_000).Contains("rollback_objective_missed").ShouldBe(!within);
        rollout.Verdict(1_000).ShouldBe(Verdict.NoGo);
    }

    [Fact]
    public void A_rule_takes_it_back_only_when_it_fired()
    {
        var rollout = Rollout.InCanary();
        rollout.Refusal(1, ByRule).ShouldBe("rollback_not_triggered");
        rollout.Do(2, ByRule with { Observed = rollout.Seen(2) });
        rollout.Deviations.ShouldBe(["rollback_not_triggered"]);
        Failing().Do(100, ByRule).Story.Last<RollbackEvent.Started>().Trigger.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(RollbackCause.Manual)]
    [InlineData(RollbackCause.Emergency)]
    public void A_person_may_take_it_back_at_any_time_with_a_reason_and_a_name(RollbackCause cause)
    {
        var command = new RollbackCommand.Start(Story.Release, cause, "customers complain");
        var rollout = Rollout.FullyOut();
        rollout.Refusal(1_100, command).ShouldBe("text_missing");
        rollout.Refusal(1_100, command with { Person = "Ada Moss", Reason = " " }).ShouldBe("text_missing");
        rollout.Do(1_100, command with { Person = "Ada Moss" });
        rollout.Reasons(1_101).ShouldContain("rolling_back");
    }

    [Fact]
    public void It_begins_once_ends_once_and_is_looked_at()
    {
        var rollout = Failing();
        rollout.Refusal(99, Done).ShouldBe("rollback_not_under_way");
        rollout.Do(100, ByRule);
        rollout.Refusal(101, ByRule).ShouldBe("rollback_under_way");
        rollout.Refusal(101, new RollbackCommand.Verify(Story.Release, true, "works"), Role.Signer).ShouldBe("rollback_not_under_way");
        rollout.Refusal(101, Done with { Observed = rollout.Seen(99) }).ShouldBe("time_before_start");
        rollout.Do(150, Done);
        rollout.Refusal(151, Done).ShouldBe("rolled_back");
        rollout.Reasons(151).ShouldContain("rollback_not_verified");
        rollout.Do(160, new RollbackCommand.Verify(Story.Release, false, "it does not answer"), Role.Signer);
        rollout.Reasons(161).ShouldContain("rollback_does_not_work");
        rollout.Do(170, new RollbackCommand.Verify(Story.Release, true, "it answers now"), Role.Signer);
        rollout.Reasons(171).ShouldNotContain("rollback_does_not_work");
        rollout.Refusal(172, new RollbackCommand.Verify(Story.Release, true, "again"), Role.Signer).ShouldBe("already_verified");
        rollout.Refusal(173, Rollout.Begin()).ShouldBe("rolled_back");
    }

    [Fact]
    public void What_was_never_deployed_is_not_taken_back() => Rollout.Decided().Refusal(0, ByRule).ShouldBe("deployment_not_started");

    [Fact]
    public void It_may_begin_while_the_rollout_stands_still_and_ends_that()
    {
        var rollout = Failing().Do(50, new DeploymentCommand.Pause(Story.Release, "looking")).Do(100, ByRule);
        rollout.State.Paused.ShouldBeNull();
        rollout.Refusal(101, new DeploymentCommand.Resume(Story.Release, "go on")).ShouldBe("rollback_under_way");
    }

    [Fact]
    public void What_was_given_up_half_way_may_be_taken_back_as_well()
    {
        var rollout = Failing().Do(50, new DeploymentCommand.Abort(Story.Release, "errors")).Do(100, ByRule).Do(200, Done);
        rollout.Verdict(201).ShouldBe(Verdict.NoGo);
        rollout.Reasons(201).ShouldContain("rolled_back");
    }

    [Fact]
    public void A_rehearsal_counts_under_its_gate()
    {
        var story = Story.Opened(Rollout.Policy);
        story.Gate("backup").Outcome.ShouldBe(GateOutcome.Pending);
        story.Do(new RollbackCommand.Rehearse(Story.Release, TimeSpan.FromMinutes(4), "done twice", []));
        story.Gate("backup").Outcome.ShouldBe(GateOutcome.Passed);
        story.State!.Deployment!.Rehearsed!.Within.ShouldBe(true);
    }

    [Theory]
    [InlineData(299.999, true)]
    [InlineData(300, false)]
    public void It_stays_under_the_objective_or_has_missed_it(double seconds, bool within) =>
        Story.Opened(Rollout.Policy).Do(new RollbackCommand.Rehearse(Story.Release, TimeSpan.FromSeconds(seconds), "done", []))
            .State!.Deployment!.Rehearsed!.Within.ShouldBe(within);

    [Fact]
    public void One_that_took_too_long_does_not()
    {
        var story = Story.Opened(Rollout.Policy).Do(new RollbackCommand.Rehearse(Story.Release, TimeSpan.FromMinutes(6), "slow", []));
        story.Gate("backup").Outcome.ShouldBe(GateOutcome.Failed);
        var again = new RollbackCommand.Rehearse(Story.Release, TimeSpan.FromMinutes(4), "faster", []);
        story.Refusal(again).ShouldBe("supersede_reason_missing");
        story.Do(again with { SupersedeReason = "the images were cached" });
        story.Gate("backup").Outcome.ShouldBe(GateOutcome.Passed);
    }

    [Fact]
    public void A_rehearsal_brings_the_measurements_that_its_gate_asks_for()
    {
        var policy = TestPolicy.Publish(Rollout.Policy.Policy with
        {
            Gates = [.. Rollout.Policy.Policy.Gates, TestPolicy.Report("rehearsal", TestPolicy.Criterion("measurements", "rollback.duration", Comparator.Less, "5min"))],
            Rollback = Rollout.Policy.Policy.Rollback! with { RehearsalGate = "rehearsal" },
        });
        var report = TestReport.Of("measurements", new Measurement("rollback.duration", 240_000, Unit.Milliseconds));
        var story = Story.Opened(policy).Do(new RollbackCommand.Rehearse(Story.Release, TimeSpan.FromMinutes(4), "done twice", [], report));
        story.Events.TakeLast(2).Select(recorded => recorded.Event.Type).ShouldBe(["rollback_rehearsed", "gate_reported"]);
        story.Gate("rehearsal").Outcome.ShouldBe(GateOutcome.Passed);
    }

    [Theory]
    [InlineData(0, "duration_invalid")]
    [InlineData(-1, "duration_invalid")]
    public void A_rehearsal_takes_time(int seconds, string code) =>
        Story.Opened(Rollout.Policy).Refusal(new RollbackCommand.Rehearse(Story.Release, TimeSpan.FromSeconds(seconds), "done", [])).ShouldBe(code);

    private static Rollout Failing()
    {
        var rollout = Rollout.InCanary().Measure("error_rate", 10, 0.1).Measure("p95", 20, 150);
        rollout.Fired.ShouldBe(["canary"]);
        return rollout;
    }
}
