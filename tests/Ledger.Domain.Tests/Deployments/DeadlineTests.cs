using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Tests.Releases;
using MaintenanceWindow = Ledger.Domain.Releases.MaintenanceWindow;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Deployments;

public class DeadlineTests
{
    [Fact]
    public void An_analysis_is_due_then_silent_and_each_is_said_once()
    {
        var rollout = Rollout.InCanary().Good(30, 30);
        rollout.Pass(89.999999).ShouldBeEmpty();
        rollout.Pass(90).ShouldBe(["analysis_due/errors", "analysis_due/latency"]);
        rollout.Pass(91).ShouldBeEmpty();
        rollout.Pass(150).ShouldBe(["silence/errors", "silence/latency"]);
        rollout.Pass(200).ShouldBeEmpty();

        // It comes to life, and falls silent once more.
        rollout.Good(210, 210).Pass(270).ShouldBe(["analysis_due/errors", "analysis_due/latency"]);
        rollout.Pass(330).ShouldBe(["step_end/canary", "silence/errors", "silence/latency"]);
    }

    [Fact]
    public void What_is_measured_more_seldom_than_the_limit_of_silence_is_not_silent_in_between()
    {
        var seldom = Rollout.Policy.Policy with { Analyses = [.. Rollout.Policy.Policy.Analyses.Select(analysis => analysis with { Interval = Rollout.Of("150s") })] };
        var rollout = Rollout.InCanary(TestPolicy.Publish(seldom)).Good(150, 150);
        rollout.Pass(149 + 150).ShouldBeEmpty();
        rollout.Good(300, 300).Pass(300).ShouldBe(["step_end/canary"]);
        rollout.Do(300, new DeploymentCommand.CompleteStep(Story.Release, "canary"));

        rollout.Do(300, new DeploymentCommand.StartStep(Story.Release, "expansion"));
        rollout.Pass(599).ShouldBeEmpty();
        rollout.Pass(600).ShouldBe(["analysis_due/errors", "analysis_due/latency", "silence/errors", "silence/latency"]);
        rollout.Story.Last<DeadlineEvent.Passed>().Message.ShouldBe("measurements of latency are missing for longer than two intervals of 150s: how the release does cannot be told");
    }

    [Fact]
    public void Several_that_are_due_pass_together_the_earliest_first()
    {
        var rollout = Rollout.InCanary();
        rollout.Pass(10_000).ShouldBe(["analysis_due/errors", "analysis_due/latency", "silence/errors", "silence/latency", "step_end/canary"]);
        rollout.Refusal(10_001, new DeadlineCommand.Pass(Story.Release), Role.Admin).ShouldBe("no_deadline_due");
    }

    [Fact]
    public void The_next_one_is_the_earliest_that_has_not_passed()
    {
        var rollout = Rollout.InCanary().Good(30, 30);
        OpenDeadlines.Next(rollout.Story.State!).ShouldBe(new Deadline(DeadlineKind.AnalysisDue, rollout.Second(90), "errors"));
        rollout.Pass(90);
        OpenDeadlines.Next(rollout.Story.State!).ShouldBe(new Deadline(DeadlineKind.Silence, rollout.Second(150), "errors"));
        rollout.Story.Standing().Deployment!.Next!.Deadline.ShouldBe(DeadlineKind.Silence);
    }

    [Fact]
    public void A_window_that_ends_before_everybody_has_the_release_is_missed()
    {
        var window = new MaintenanceWindow(Story.Start, Story.Start.AddHours(1));
        var rollout = Rollout.Decided(window: window);
        rollout.Do(0, Rollout.Begin());
        rollout.Story.At(window.End).Do(new DeadlineCommand.Pass(Story.Release));
        rollout.Story.Last<DeadlineEvent.Passed>().ShouldBe(new DeadlineEvent.Passed(
            DeadlineKind.WindowEnd, window.End, true, "the maintenance window ended before the release had reached everybody"));
        rollout.Story.Reasons().ShouldContain("window_ended");
    }

    [Fact]
    public void A_release_that_everybody_has_by_then_is_not_held_to_the_window_any_more()
    {
        var window = new MaintenanceWindow(Story.Start, Story.Start.AddHours(1));
        var rollout = Rollout.Decided(window: window);
        rollout.Do(0, Rollout.Begin()).Do(1, new DeploymentCommand.SwitchTraffic(Story.Release, "green", Observed: rollout.Seen(1)));
        rollout.Pass(3_700).ShouldBeEmpty();
        rollout.Reasons(3_700).ShouldNotContain("window_ended");
    }

    [Fact]
    public void A_waiver_ends_once_and_a_new_one_again()
    {
        var story = Story.Opened().Waive("load", Story.Start.AddHours(1));
        story.At(Story.Start.AddHours(1)).Do(new DeadlineCommand.Pass(Story.Release));
        story.Last<DeadlineEvent.Passed>().Message.ShouldBe("the waiver of load ended");
        story.Refusal(new DeadlineCommand.Pass(Story.Release)).ShouldBe("no_deadline_due");
        story.Waive("load", Story.Start.AddHours(3)).At(Story.Start.AddHours(3)).Do(new DeadlineCommand.Pass(Story.Release));
    }

    [Fact]
    public void A_rollback_that_takes_too_long_is_said_while_it_lasts()
    {
        var rollout = Rollout.InCanary().Do(10, new RollbackCommand.Start(Story.Release, RollbackCause.Emergency, "smoke", "Ada Moss"));
        rollout.Pass(309.999999).ShouldBeEmpty();
        rollout.Pass(310).ShouldBe(["rollback_objective"]);
        rollout.Reasons(309.999999).ShouldNotContain("rollback_objective_missed");
        rollout.Reasons(310).ShouldContain("rollback_objective_missed");
        rollout.Do(310, new RollbackCommand.Complete(Story.Release)).Story.Last<RollbackEvent.Completed>().Within.ShouldBe(false, "the deadline has said so");
    }

    [Fact]
    public void Nothing_is_due_of_a_closed_release()
    {
        var rollout = Rollout.InCanary().Do(1, new ReleaseCommand.Close(Story.Release, CloseOutcome.Failed, "over"), Role.Admin);
        OpenDeadlines.Next(rollout.Story.State!).ShouldBeNull();
    }
}
