using Ledger.Domain.Deadlines;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Releases;
using MaintenanceWindow = Ledger.Domain.Releases.MaintenanceWindow;

namespace Ledger.Domain.Tests.SignOffs;

/// <summary>Where the policy allows it a release goes ahead of its approvals, and owes them.</summary>
public class EmergencyTests
{
    private static readonly Policy Allowing = Chain.Document with { Emergency = new EmergencyReleases(true, TestPolicy.Quantity("24h")) };
    private static readonly ReleaseCommand.Decide Emergency = new(Story.Release, Go: true, null, "customers cannot pay");
    private static readonly ReleaseCommand.Decide Go = new(Story.Release, Go: true);

    [Fact]
    public void It_goes_at_once_with_its_reason_and_a_deadline_for_its_approvals()
    {
        var story = Chain.Ready(Allowing);
        var at = story.Now;
        var made = story.Do(Emergency).Last<ReleaseEvent.DecisionMade>();
        made.Emergency.ShouldBe(new Emergency("customers cannot pay", at.AddDays(1)));
        made.GoNoGo.Verdict.ShouldBe(Verdict.Pending, "that is what it rests on");
        story.Standing().Verdict.ShouldBe(Verdict.Go);
        story.Standing().Decision!.ApproveBy.ShouldBe(at.AddDays(1));
    }

    [Fact]
    public void A_policy_that_does_not_allow_it_has_no_such_path() => Chain.Ready().Refusal(Emergency).ShouldBe("emergency_not_allowed");

    [Fact]
    public void It_is_overdue_past_its_deadline_until_every_approval_is_there()
    {
        var story = Chain.Ready(Allowing).Do(Emergency);
        var approveBy = story.Standing().Decision!.ApproveBy!.Value;
        story.Standing(approveBy).Verdict.ShouldBe(Verdict.Go);
        story.Standing(approveBy.AddTicks(10)).Verdict.ShouldBe(Verdict.NoGo);
        story.Reasons(approveBy.AddTicks(10)).ShouldBe(["emergency_approval_overdue"]);

        story.At(approveBy.AddHours(1)).Technical().Business().Standing().Verdict.ShouldBe(Verdict.NoGo);
        story.Sign("fay").Standing().Verdict.ShouldBe(Verdict.Go);
    }

    [Theory]
    [InlineData(true, 0, false)]
    [InlineData(true, 1, true)]
    [InlineData(false, 0, true)]
    public void Its_deadline_passes_once_and_says_whether_it_was_missed(bool approved, int hoursLate, bool missed)
    {
        var story = Chain.Ready(Allowing).Do(Emergency);
        var approveBy = story.Standing().Decision!.ApproveBy!.Value;
        if (approved) story.At(approveBy.AddHours(hoursLate == 0 ? -1 : hoursLate)).Technical().Business().Sign("fay");
        story.At(approveBy.AddHours(2)).Do(new DeadlineCommand.Pass(Story.Release));
        story.Last<DeadlineEvent.Passed>().ShouldBe(new DeadlineEvent.Passed(
            DeadlineKind.ApprovalDue, approveBy, missed, missed ? "the approvals of the emergency are overdue" : "the approvals of the emergency are there"));
        story.Refusal(new DeadlineCommand.Pass(Story.Release)).ShouldBe("no_deadline_due");
    }

    [Fact]
    public void Closing_it_is_no_way_out_of_its_approvals()
    {
        static ReleaseCommand.Close Close(CloseOutcome outcome) => new(Story.Release, outcome, "over");
        var story = Chain.Ready(Allowing).Do(Emergency);
        var approveBy = story.Standing().Decision!.ApproveBy!.Value;
        foreach (var outcome in new[] { CloseOutcome.Succeeded, CloseOutcome.Failed, CloseOutcome.RolledBack }) story.Refusal(Close(outcome)).ShouldBe("approvals_awaited");
        story.At(approveBy.AddTicks(10)).Refusal(Close(CloseOutcome.Failed)).ShouldBe("approvals_awaited", "nothing says yet that they are overdue");
        story.Do(new DeadlineCommand.Pass(Story.Release)).Refusal(Close(CloseOutcome.Succeeded)).ShouldBe("approvals_awaited");
        story.Technical().Business().Sign("fay").Do(Close(CloseOutcome.Succeeded));

        Chain.Ready(Allowing).Do(Emergency).At(approveBy).Do(new DeadlineCommand.Pass(Story.Release)).Do(Close(CloseOutcome.Failed));
        Chain.Ready(Allowing).Do(Emergency).Reject("ada").Do(Close(CloseOutcome.Failed));
        Chain.Ready(Allowing).Do(Emergency).Do(Close(CloseOutcome.Abandoned));
    }

    [Fact]
    public void It_goes_ahead_of_approvals_and_of_nothing_else()
    {
        Story.Opened(TestPolicy.Publish(Allowing)).Refusal(Emergency).ShouldBe("not_go");
        Chain.Ready(Allowing).Report("load", TestReport.K6(p95: 200)).Refusal(Emergency).ShouldBe("not_go");
        Chain.Ready(Allowing).Reject("ada").Refusal(Emergency).ShouldBe("sign_offs_rejected");
        Chain.Ready(Allowing).Reject("ada").Attest("docs").Refusal(Emergency).ShouldBe("sign_offs_rejected");

        var window = new MaintenanceWindow(Story.Start.AddHours(10), Story.Start.AddHours(12));
        Chain.Ready(Allowing, window: window).Refusal(Emergency).ShouldBe("outside_window");
    }

    [Fact]
    public void Approvals_that_are_stale_are_owed_too() => Chain.Complete(Allowing).Attest("docs").Do(Emergency).Standing().Verdict.ShouldBe(Verdict.Go);

    [Fact]
    public void A_no_stops_it_at_once()
    {
        var story = Chain.Ready(Allowing).Do(Emergency).Reject("ada");
        story.Standing().Verdict.ShouldBe(Verdict.NoGo);
        story.Reasons().ShouldContain("sign_off_rejected technical");
        story.Attest("docs").Standing().Verdict.ShouldBe(Verdict.NoGo, "a gate that moved is no answer");
        story.Sign("ada").Standing().Verdict.ShouldBe(Verdict.Go);
    }

    [Fact]
    public void A_NO_GO_ends_it()
    {
        var story = Chain.Ready(Allowing).Do(Emergency).Do(new ReleaseCommand.Decide(Story.Release, Go: false, "the provider repaired it"));
        story.Standing().Verdict.ShouldBe(Verdict.NoGo);
        story.Standing().Decision!.ApproveBy.ShouldBeNull();
    }

    [Fact]
    public void On_its_credit_no_ordinary_GO_is_recorded()
    {
        var story = Chain.Ready(Allowing).Do(Emergency).Sign("ada");
        story.Standing().Verdict.ShouldBe(Verdict.Go);
        story.Refusal(Go).ShouldBe("sign_offs_incomplete");
        story.Sign("ben").Business().Sign("fay").Do(Go).Standing().Decision!.ApproveBy.ShouldBeNull();
    }

    [Fact]
    public void A_second_emergency_does_not_move_the_deadline_of_the_first() =>
        Chain.Ready(Allowing).Do(Emergency).Sign("ada").Refusal(Emergency).ShouldBe("already_decided");

    [Fact]
    public void Where_nothing_is_owed_there_is_no_emergency()
    {
        Chain.Complete(Allowing).Refusal(Emergency).ShouldBe("emergency_not_needed");
        Chain.Ready(Allowing with { SignOff = [] }).Refusal(Emergency).ShouldBe("emergency_not_needed");
    }

    [Fact]
    public void Only_a_GO_is_an_emergencys() => Chain.Ready(Allowing).Refusal(Emergency with { Go = false, Reason = "no" }).ShouldBe("emergency_no_go");

    [Fact]
    public void Its_reason_can_be_read() => Chain.Ready(Allowing).Refusal(Emergency with { EmergencyReason = " " }).ShouldBe("text_missing");
}
