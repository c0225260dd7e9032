using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Tests.Releases;

public class WaiveTests
{
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    [Theory]
    [InlineData("critical-cve")]
    [InlineData("freeze")]
    public void No_NO_GO_condition_can_be_waived(string condition) => Refusal(Waiver(condition)).ShouldBe("gate_not_waivable");

    [Fact]
    public void A_gate_that_the_policy_does_not_let_be_waived_is_not() => Refusal(Waiver("scan")).ShouldBe("gate_not_waivable");

    [Fact]
    public void A_gate_that_there_is_not_is_refused() => Refusal(Waiver("lode")).ShouldBe("gate_unknown");

    [Fact]
    public void A_waiver_ends_in_the_time_to_come()
    {
        var story = Story.Opened();
        story.Refusal(Waiver("load") with { Until = story.Now }).ShouldBe("time_in_past");
        story.Refusal(Waiver("load") with { Until = story.Now.AddTicks(1) }).ShouldBe("time_in_past");
        story.Try(Waiver("load") with { Until = story.Now + Microsecond }).ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public void Its_end_is_kept_as_the_log_writes_it_so_that_a_replay_ends_it_alike() =>
        Story.Opened().Waive("load", Story.Start.AddDays(1).AddTicks(7)).Last<ReleaseEvent.GateWaived>().Until.ShouldBe(Story.Start.AddDays(1));

    [Fact]
    public void It_ends_by_itself_at_the_very_moment_it_was_given_until()
    {
        var until = Story.Start.AddHours(1);
        var story = Story.Opened().Waive("load", until);
        story.Gate("load", until - Microsecond).Outcome.ShouldBe(GateOutcome.Waived);
        story.Gate("load", until).Outcome.ShouldBe(GateOutcome.Pending);
        story.Gate("load", until).Waiver.ShouldBeNull();
        story.Reasons(until).ShouldContain("waiver_ended load");
        story.Reasons(until - Microsecond).ShouldNotContain(reason => reason.EndsWith(" load", StringComparison.Ordinal));
    }

    [Fact]
    public void It_covers_a_gate_that_is_pending_that_failed_or_that_is_not_evaluated()
    {
        Story.Opened().Waive("load").Gate("load").Outcome.ShouldBe(GateOutcome.Waived);
        Story.Opened().Report("load", TestReport.K6(p95: 200)).Waive("load").Gate("load").Outcome.ShouldBe(GateOutcome.Waived);
        Story.Opened().Report("load", TestReport.Of("k6")).Waive("load").Gate("load").Outcome.ShouldBe(GateOutcome.Waived);
        Story.Opened().Attest("backup", met: false).Waive("backup").Gate("backup").Outcome.ShouldBe(GateOutcome.Waived);
    }

    [Fact]
    public void A_gate_that_passes_is_shown_passed_and_not_waived()
    {
        var gate = Story.Opened().Waive("load").Report("load", TestReport.K6()).Gate("load");
        gate.Outcome.ShouldBe(GateOutcome.Passed);
        gate.Waiver.ShouldBeNull();
    }

    [Fact]
    public void A_waived_gate_shows_who_answers_for_it_and_what_it_rests_on()
    {
        var gate = Story.Opened().Report("load", TestReport.K6(p95: 200)).Waive("load").Gate("load");
        gate.Waiver!.Owner.ShouldBe("the owner");
        gate.Events.Select(reference => reference.Version).ShouldBe([2, 3]);
    }

    [Fact]
    public void An_advisory_gate_can_be_waived_too() => Story.Opened().Waive("docs").Gate("docs").Outcome.ShouldBe(GateOutcome.Waived);

    [Fact]
    public void A_newer_waiver_stands_in_place_of_an_older_one_even_if_it_ends_earlier()
    {
        var story = Story.Opened().Waive("load", Story.Start.AddDays(2)).Waive("load", Story.Start.AddDays(1));
        story.Gate("load", Story.Start.AddDays(1)).Outcome.ShouldBe(GateOutcome.Pending);
    }

    [Fact]
    public void A_waiver_never_covers_a_NO_GO_condition_that_the_gates_report_shows()
    {
        var story = Story.Ready(TestPolicy.With("scan", gate => gate with { Waivable = true }))
            .Report("scan", TestReport.Trivy(critical: 1, high: 9))
            .Waive("scan");
        story.Gate("scan").Outcome.ShouldBe(GateOutcome.Waived);
        story.Standing().Verdict.ShouldBe(Verdict.NoGo);
        story.Reasons().ShouldBe(["no_go_present critical-cve"]);
    }

    [Theory]
    [InlineData(0, "text_missing")]
    [InlineData(1, null)]
    [InlineData(200, null)]
    [InlineData(201, "text_too_long")]
    public void An_owner_has_1_to_200_characters(int length, string? code) => Expect(Waiver("load") with { Owner = new string('x', length) }, code);

    [Theory]
    [InlineData(0, "text_missing")]
    [InlineData(1, null)]
    [InlineData(4_000, null)]
    [InlineData(4_001, "text_too_long")]
    public void Reason_and_compensating_control_have_1_to_4000_characters(int length, string? code)
    {
        Expect(Waiver("load") with { Reason = new string('x', length) }, code);
        Expect(Waiver("load") with { Control = new string('x', length) }, code);
    }

    private static ReleaseCommand.WaiveGate Waiver(string gate) => new(Story.Release, gate, "the owner", "the reason", "the control", Story.Start.AddDays(1));

    private static string Refusal(ReleaseCommand command) => Story.Opened().Refusal(command);

    private static void Expect(ReleaseCommand command, string? code)
    {
        var decision = Story.Opened().Try(command);
        (decision as Decision.Refused)?.Refusal.Code.ShouldBe(code);
        (decision is Decision.Accepted).ShouldBe(code is null);
    }

    [Fact]
    public void A_waiver_answers_for_the_red_it_was_given_for_and_not_for_red_that_comes_later()
    {
        var story = Story.Ready().Report("load", TestReport.K6(failed: 0.5)).Waive("load");
        story.Gate("load").Outcome.ShouldBe(GateOutcome.Waived);

        story.Report("load", TestReport.K6(failed: 0.9));
        story.Gate("load").Outcome.ShouldBe(GateOutcome.Failed);
        story.Standing().Verdict.ShouldBe(Verdict.NoGo);
        story.Reasons().ShouldContain("waiver_outdated load");

        story.Waive("load").Gate("load").Outcome.ShouldBe(GateOutcome.Waived);
    }

    [Fact]
    public void A_waiver_given_before_anything_came_in_does_not_cover_a_red_report()
    {
        var story = Story.Opened().Waive("load");
        story.Gate("load").Outcome.ShouldBe(GateOutcome.Waived);
        story.Report("load", TestReport.K6(failed: 0.5)).Gate("load").Outcome.ShouldBe(GateOutcome.Failed);
    }
}
