using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Releases;
using MaintenanceWindow = Ledger.Domain.Releases.MaintenanceWindow;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.SignOffs;

public class GoDecisionTests
{
    private static readonly ReleaseCommand.Decide Go = new(Story.Release, Go: true);
    private static readonly ReleaseCommand.Decide NoGo = new(Story.Release, Go: false, "too risky on a Friday");
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    // Late enough that every story is told before it begins.
    private static readonly MaintenanceWindow Window = new(Story.Start.AddHours(10), Story.Start.AddHours(12));

    [Fact]
    public void A_GO_names_the_policy_the_go_no_go_and_every_event_that_it_rests_on()
    {
        var story = Chain.Complete();
        var standing = story.Standing();
        var made = story.Do(Go).Last<ReleaseEvent.DecisionMade>();

        (made.Verdict, made.Policy, made.Reason, made.Emergency).ShouldBe((Verdict.Go, story.Policy.Reference, null, null));
        made.GoNoGo.ShouldBe(new GoNoGoSeen(Verdict.Go, standing.At, Story.DigestOf(standing)));
        made.Inputs.ShouldBe(story.Events.SkipLast(1).Select(recorded => new EventReference(recorded.Sequence, recorded.Version)), "the opening, eight reports and attestations, and five sign-offs");
        story.Standing().Decision.ShouldBe(new DecisionState(story.State!.Last, Verdict.Go, story.Events[^1].At, "somebody"));
    }

    [Fact]
    public void What_was_superseded_withdrawn_or_is_stale_is_no_input()
    {
        var story = Chain.Ready().Sign("cleo").Withdraw("cleo").Sign("ada").Attest("backup").Technical().Business().Sign("fay").Do(Go);
        long[] superseded = [story.Events.First(recorded => recorded.Event is ReleaseEvent.GateAttested { Gate: "backup" }).Version, 10, 11, 12];
        story.Last<ReleaseEvent.DecisionMade>().Inputs.Select(input => input.Version)
            .ShouldBe(Enumerable.Range(1, story.Events.Count - 1).Select(version => (long)version).Except(superseded));
    }

    [Fact]
    public void GO_is_refused_while_the_chain_is_incomplete()
    {
        Chain.Ready().Refusal(Go).ShouldBe("sign_offs_incomplete");
        Chain.Ready().Technical().Business().Refusal(Go).ShouldBe("sign_offs_incomplete");
        Chain.Complete().Withdraw("fay").Refusal(Go).ShouldBe("sign_offs_incomplete");
    }

    [Fact]
    public void Whoever_is_refused_is_told_which_roles_are_waited_for()
    {
        Message(Chain.Ready().Sign("ada")).ShouldBe(
            "technical: 1 of 2 approvals are there, 1 of security-lead, qa-lead must still sign; business: 0 of 2 approvals are there, product-owner, operations have not signed; final: 0 of 1 approvals are there, director has not signed");
        Message(Chain.Ready().Technical().Sign("dan")).ShouldBe("business: 1 of 2 approvals are there, operations has not signed; final: 0 of 1 approvals are there, director has not signed");

        static string Message(Story story) => story.Try(Go).ShouldBeOfType<Decision.Refused>().Refusal.Message;
    }

    [Fact]
    public void GO_is_refused_when_the_chain_is_stale() => Chain.Complete().Attest("docs").Refusal(Go).ShouldBe("sign_offs_stale");

    [Fact]
    public void GO_is_refused_while_somebody_says_no() => Chain.Ready().Technical().Reject("cleo").Refusal(Go).ShouldBe("sign_offs_rejected");

    [Fact]
    public void GO_is_refused_for_a_release_that_is_not_GO()
    {
        Story.Opened(Chain.Published).Refusal(Go).ShouldBe("not_go");
        Chain.Ready().Report("load", TestReport.K6(p95: 200)).Technical().Business().Sign("fay").Refusal(Go).ShouldBe("not_go");
    }

    [Fact]
    public void A_policy_without_stages_lets_a_green_release_be_decided()
    {
        Story.Ready().Do(Go).Standing().Verdict.ShouldBe(Verdict.Go);
        Story.Opened().Refusal(Go).ShouldBe("not_go");
    }

    [Fact]
    public void GO_is_decided_from_the_beginning_of_the_window_to_before_its_end()
    {
        var story = Chain.Complete(window: Window);
        story.At(Window.Start - Microsecond).Refusal(Go).ShouldBe("outside_window");
        Accepts(story.At(Window.Start));
        Accepts(story.At(Window.End - Microsecond));
        story.At(Window.End).Refusal(Go).ShouldBe("outside_window");
    }

    [Fact]
    public void Where_the_policy_has_the_decision_made_ahead_its_time_begins_that_much_earlier()
    {
        var story = Chain.Complete(Led("30min"), window: Window);
        story.At(Window.Start.AddMinutes(-30) - Microsecond).Refusal(Go).ShouldBe("outside_window");
        Accepts(story.At(Window.Start.AddMinutes(-30)));
        story.At(Window.End).Refusal(Go).ShouldBe("outside_window");
    }

    [Fact]
    public void A_window_that_began_with_the_first_of_all_days_is_open() =>
        Accepts(Chain.Complete(Led("30min"), window: new MaintenanceWindow(DateTimeOffset.MinValue, Window.End)));

    [Fact]
    public void GO_is_decided_until_the_very_moment_it_was_to_be_decided_by()
    {
        var decideBy = Story.Start.AddHours(5);
        var story = Chain.Complete(decideBy: decideBy);
        Accepts(story.At(decideBy));
        story.At(decideBy + Microsecond).Refusal(Go).ShouldBe("decide_by_passed");
        story.At(decideBy).Do(Go).Standing(decideBy.AddDays(1)).Verdict.ShouldBe(Verdict.Go, "it was decided in time");
    }

    [Fact]
    public void NO_GO_is_decided_at_any_time_whatever_the_release_is_like()
    {
        foreach (var story in new[] { Chain.Ready(), Chain.Complete(), Chain.Ready().Reject("ada"), Chain.Complete(window: Window).At(Window.End), Chain.Complete().Attest("docs") })
            story.Do(NoGo).Standing().Verdict.ShouldBe(Verdict.NoGo);
    }

    [Fact]
    public void NO_GO_has_a_reason_and_is_one_until_a_later_GO()
    {
        Chain.Complete().Refusal(NoGo with { Reason = null }).ShouldBe("text_missing");

        var story = Chain.Complete().Do(NoGo);
        story.Last<ReleaseEvent.DecisionMade>().Reason.ShouldBe("too risky on a Friday");
        story.Reasons().ShouldBe(["decided_no_go"]);
        story.Do(Go).Standing().Verdict.ShouldBe(Verdict.Go);
    }

    [Fact]
    public void The_same_decision_is_not_recorded_twice_in_a_row_but_again_once_something_happened()
    {
        Chain.Complete().Do(Go).Refusal(Go).ShouldBe("already_decided");
        Chain.Complete().Do(NoGo).Refusal(NoGo).ShouldBe("already_decided");
        Chain.Complete().Do(NoGo).Attest("docs").Do(NoGo).Last<ReleaseEvent.DecisionMade>().Verdict.ShouldBe(Verdict.NoGo);
    }

    [Fact]
    public void A_GO_that_was_recorded_does_not_carry_the_release_over_a_change()
    {
        var story = Chain.Complete().Do(Go).Attest("docs");
        story.Standing().Verdict.ShouldBe(Verdict.Pending);
        story.Standing().Decision!.Verdict.ShouldBe(Verdict.Go, "what was decided stays to be seen");
    }

    [Theory]
    [InlineData("", "text_missing")]
    [InlineData("now\u202E", "text_unreadable")]
    public void A_reason_that_is_given_can_be_read(string reason, string code)
    {
        Chain.Complete().Refusal(Go with { Reason = reason }).ShouldBe(code);
        Chain.Complete().Refusal(NoGo with { Reason = reason }).ShouldBe(code);
    }

    [Fact]
    public void What_was_decided_is_GO_or_NO_GO()
    {
        var story = Chain.Complete().Do(Go);
        var pending = story.Last<ReleaseEvent.DecisionMade>() with { Verdict = Verdict.Pending };
        var recorded = new Recorded<ReleaseEvent>(story.State!.Last.Sequence + 1, story.State.Last.Version + 1, story.Now, new Actor("somebody", Role.Admin), pending);
        Should.Throw<InvalidOperationException>(() => ReleaseFold.Evolve(story.State, recorded));
    }

    private static void Accepts(Story story) => story.Try(Go).ShouldBeOfType<Decision.Accepted>();

    private static Policy Led(string lead) => Chain.Document with
    {
        Maintenance = new MaintenancePlan(new Domain.Policies.MaintenanceWindow(null, TestPolicy.Quantity("2h"), TestPolicy.Quantity(lead)), [], [], [], [], []),
    };
}
