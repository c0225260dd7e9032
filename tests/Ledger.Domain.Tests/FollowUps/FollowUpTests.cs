using Ledger.Domain.FollowUps;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Tests.Deployments;
using Ledger.Domain.Tests.Releases;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.FollowUps;

/// <summary>What a policy has done after a release is recorded once, also after the close, and shown as open until then.</summary>
public class FollowUpTests
{
    private static readonly PublishedPolicy Policy = TestPolicy.Publish(Rollout.Policy.Policy with
    {
        Maintenance = new MaintenancePlan(null, [], [new FollowUp("tell", "Tell everybody"), new FollowUp("review", "Review the day", Rollout.Of("24h"))], [], [], []),
    });

    private static readonly FollowUpCommand.Record Told = new(Story.Release, "tell", FollowUpOutcome.Done, "mail was sent", "ticket 12");

    [Fact]
    public void What_was_done_is_recorded_with_who_when_and_where_it_can_be_seen()
    {
        var story = Rollout.Started(Policy).Story;
        story.Do(Told, Role.Ci, "pipeline");
        story.Last<FollowUpEvent.Recorded>().ShouldBe(new FollowUpEvent.Recorded("tell", FollowUpOutcome.Done, "mail was sent", "ticket 12"));
        var standing = FollowUpStanding.Of(story.State!, Policy.Policy, story.Now);
        standing.Select(each => (each.FollowUp.Name, each.Recorded?.By, each.Recorded?.Outcome)).ShouldBe([("tell", "pipeline", FollowUpOutcome.Done), ("review", null, null)]);
        standing[0].Recorded!.At.ShouldBe(story.Events[^1].At);
    }

    [Fact]
    public void It_decides_nothing()
    {
        var story = Rollout.Started(Policy).Story;
        var before = story.Reasons();
        story.Do(Told).Reasons().ShouldBe(before);
    }

    [Fact]
    public void A_closed_release_takes_it_and_nothing_else()
    {
        var story = Rollout.Started(Policy).Story.Do(new ReleaseCommand.Close(Story.Release, CloseOutcome.Failed, "given up")).Do(Told);
        story.State!.Facts.Closed.ShouldBe(CloseOutcome.Failed);
        story.Refusal(new ReleaseCommand.Close(Story.Release, CloseOutcome.Failed, "again")).ShouldBe("release_closed");
    }

    [Fact]
    public void Nothing_follows_a_release_that_has_not_gone()
    {
        var story = Story.Ready(Policy);
        story.Refusal(Told).ShouldBe("follow_up_early");
        story.Do(new ReleaseCommand.Decide(Story.Release, Go: false, "not today")).Refusal(Told).ShouldBe("follow_up_early");
        story.Do(new ReleaseCommand.Decide(Story.Release, Go: true)).Do(Told);
    }

    [Fact]
    public void Only_what_the_policy_names_is_one()
    {
        Rollout.Started(Policy).Story.Refusal(Told with { FollowUp = "dance" }).ShouldBe("follow_up_unknown");
        Rollout.Started().Story.Refusal(Told).ShouldBe("follow_up_unknown");
        Rollout.Started(Policy).Story.Refusal(Told with { Note = " " }).ShouldBe("text_missing");
        Rollout.Started(Policy).Story.Refusal(Told, Role.Auditor).ShouldBe("role_not_allowed");
    }

    [Fact]
    public void A_second_word_says_why_it_counts_and_both_stay()
    {
        var story = Rollout.Started(Policy).Story.Do(Told);
        story.Refusal(Told with { Outcome = FollowUpOutcome.Dropped }).ShouldBe("supersede_reason_missing");
        story.Do(Told with { Outcome = FollowUpOutcome.Dropped, SupersedeReason = "the mail came back" });
        story.State!.Facts.FollowUps!.Value.ShouldHaveSingleItem().Outcome.ShouldBe(FollowUpOutcome.Dropped);
        story.Last<FollowUpEvent.Recorded>().Supersedes!.Reason.ShouldBe("the mail came back");
    }

    [Fact]
    public void It_is_due_once_everybody_had_the_release_and_overdue_while_it_is_open()
    {
        var rollout = Rollout.FullyOut(Policy);
        var (state, out24h) = (rollout.Story.State!, rollout.Second(1_000).AddHours(24));
        FollowUpStanding.Of(state, Policy.Policy, out24h.AddTicks(-10)).Select(each => (each.Due, each.IsOverdue)).ShouldBe([(null, false), (out24h, false)]);
        FollowUpStanding.Of(state, Policy.Policy, out24h).Select(each => each.IsOverdue).ShouldBe([false, true]);
        var done = rollout.Story.Do(Told with { FollowUp = "review" }).State!;
        FollowUpStanding.Of(done, Policy.Policy, out24h).Select(each => each.IsOverdue).ShouldBe([false, false]);
    }
}
