using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Tests.Deployments;
using Ledger.Domain.Tests.SignOffs;

namespace Ledger.Domain.Tests.Releases;

/// <summary>A release's story in one sentence, and how far it is in a word.</summary>
public class ReleaseStoryTests
{
    [Fact]
    public void An_open_release_was_opened() => Tell(Story.Opened()).ShouldBe((ReleaseProgress.Open, "Opened on 2026-01-31 at 12:00 UTC."));

    [Fact]
    public void Who_signed_and_what_was_waived_is_told_with_GO()
    {
        var story = Chain.Ready().Report("load", TestReport.K6(failed: 0.5)).Waive("load").Technical().Business().Sign("fay").Do(new ReleaseCommand.Decide(Story.Release, Go: true));
        Tell(story).ShouldBe((ReleaseProgress.Open, "Opened on 2026-01-31 at 12:00 UTC and decided GO at 12:16 with 5 sign-offs and load waived."));
    }

    [Fact]
    public void A_release_that_was_given_up_says_why()
    {
        var story = Story.Ready().Do(new ReleaseCommand.Decide(Story.Release, Go: false, "nobody is there")).At(Story.Start.AddDays(1)).Do(new ReleaseCommand.Close(Story.Release, CloseOutcome.Abandoned, "too late."));
        Tell(story).ShouldBe((ReleaseProgress.Abandoned, "Opened on 2026-01-31 at 12:00 UTC, decided NO_GO at 12:09 (nobody is there) and was closed as abandoned on 2026-02-01 at 12:00: too late."));
        Tell(Story.Closed()).ShouldBe((ReleaseProgress.Abandoned, "Opened on 2026-01-31 at 12:00 UTC, never decided on and was closed as abandoned at 12:01: not needed."));
    }

    [Fact]
    public void A_long_reason_is_told_in_part_on_one_line_and_cut_within_no_character()
    {
        var story = Story.Opened().Do(new ReleaseCommand.Close(Story.Release, CloseOutcome.Abandoned, $"two\nlines{new string('x', 190)}\U0001F680 and more"));
        Tell(story).Story.ShouldBe($"Opened on 2026-01-31 at 12:00 UTC, never decided on and was closed as abandoned at 12:01: two lines{new string('x', 190)}…");
        Tell(Story.Opened().Do(new ReleaseCommand.Close(Story.Release, CloseOutcome.Abandoned, "gone!"))).Story.ShouldEndWith(": gone!");
    }

    [Fact]
    public void A_release_that_went_back_names_the_rule_and_how_long_it_took()
    {
        var rollout = Rollout.InCanary();
        Tell(rollout.Story).ShouldBe((ReleaseProgress.RollingOut, "Opened on 2026-01-31 at 12:00 UTC, decided GO at 12:09, began its canary at 12:10 and is at the step canary."));
        for (var second = 30; second <= 90; second += 30) rollout.Measure("error_rate", second, 0.02);
        rollout.Do(100, new RollbackCommand.Start(Story.Release, RollbackCause.Rule, "errors"));
        Tell(rollout.Story).Progress.ShouldBe(ReleaseProgress.RollingBack);
        rollout.Do(175, new RollbackCommand.Complete(Story.Release));
        Tell(rollout.Story).ShouldBe((ReleaseProgress.RolledBack,
            "Opened on 2026-01-31 at 12:00 UTC, decided GO at 12:09, began its canary at 12:10, saw the rule canary fire at 12:11 (more than 1 failed measurements in the step canary) and was taken back at 12:12:55 in 75 s."));
    }

    [Fact]
    public void Every_release_has_a_story_and_only_its_own_references_are_needed()
    {
        foreach (var story in new[] { Story.Opened(), Story.Closed(), Chain.Complete(), Rollout.Started().Story, Rollout.FullyOut().Story })
        {
            var references = ReleaseStory.References(story.State!).Select(reference => reference.Sequence).ToHashSet();
            ReleaseStory.Of(story.State!, story.Events.Where(each => references.Contains(each.Sequence)).ToDictionary(each => each.Sequence)).ShouldEndWith(".");
        }
    }

    private static (ReleaseProgress Progress, string Story) Tell(Story story) =>
        (ReleaseProgresses.Of(story.State!), ReleaseStory.Of(story.State!, story.Events.ToDictionary(each => each.Sequence)));
}
