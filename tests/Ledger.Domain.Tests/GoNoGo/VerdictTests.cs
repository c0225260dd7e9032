using System.Text;
using System.Text.Json;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Domain.Tests.Releases;
using Ledger.Testing;
using MaintenanceWindow = Ledger.Domain.Releases.MaintenanceWindow;

namespace Ledger.Domain.Tests.GoNoGo;

public class VerdictTests
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    [Fact]
    public void A_release_that_was_only_opened_is_pending_for_everything_that_is_required() =>
        Story.Opened().Reasons().ShouldBe(
        [
            "no_go_not_evaluated critical-cve", "no_go_not_evaluated leak", "no_go_not_evaluated freeze", "report_missing load", "report_missing scan",
            "report_missing sast", "report_missing sast", "attestation_missing sast", "attestation_missing backup", "attestation_missing redis", "attestation_missing redis",
        ]);

    [Fact]
    public void It_is_GO_when_everything_required_is_known_and_holds()
    {
        Story.Opened().Standing().Verdict.ShouldBe(Verdict.Pending);
        Story.Ready().Standing().Verdict.ShouldBe(Verdict.Go);
        Story.Ready().Reasons().ShouldBeEmpty();
    }

    [Fact]
    public void One_thing_that_is_wrong_outweighs_everything_that_is_missing() =>
        Story.Opened().Report("load", TestReport.K6(p95: 200)).Standing().Verdict.ShouldBe(Verdict.NoGo);

    [Fact]
    public void Advisory_gates_are_shown_and_never_block()
    {
        var story = Story.Ready().Attest("docs", met: false).Report("base-scan", TestReport.Trivy(medium: 99));
        story.Gate("docs").Outcome.ShouldBe(GateOutcome.Failed);
        story.Gate("base-scan").Outcome.ShouldBe(GateOutcome.Failed);
        story.Standing().Verdict.ShouldBe(Verdict.Go);
    }

    [Fact]
    public void A_policy_that_requires_nothing_shows_nothing()
    {
        var advisory = TestPolicy.Document with { Gates = [.. TestPolicy.Document.Gates.Select(gate => gate with { Required = false })], NoGo = [] };
        var story = Story.Opened(TestPolicy.Publish(advisory));
        story.Standing().Verdict.ShouldBe(Verdict.Pending);
        story.Reasons().ShouldBe(["nothing_required"]);
    }

    [Fact]
    public void A_closed_release_does_not_go()
    {
        var story = Story.Ready().Do(new ReleaseCommand.Close(Story.Release, CloseOutcome.Succeeded, "done"));
        story.Standing().Verdict.ShouldBe(Verdict.NoGo);
        story.Reasons().ShouldBe(["release_closed"]);
    }

    [Fact]
    public void It_may_be_decided_until_the_very_moment_it_was_to_be_decided_by()
    {
        var decideBy = Story.Start.AddHours(1);
        var story = Story.Ready(decideBy: decideBy);
        story.Standing(decideBy).Verdict.ShouldBe(Verdict.Go);
        story.Standing(decideBy.AddTicks(1)).Verdict.ShouldBe(Verdict.Go, "the answer states its time in whole microseconds");
        story.Standing(decideBy + Microsecond).Verdict.ShouldBe(Verdict.NoGo);
        story.Reasons(decideBy + Microsecond).ShouldBe(["decide_by_passed"]);
    }

    [Fact]
    public void A_window_is_over_at_its_very_end()
    {
        var end = Story.Start.AddHours(2);
        var story = Story.Ready(window: new MaintenanceWindow(Story.Start.AddHours(1), end));
        story.Standing(end - Microsecond).Verdict.ShouldBe(Verdict.Go);
        story.Standing(end).Verdict.ShouldBe(Verdict.NoGo);
        story.Reasons(end).ShouldBe(["window_ended"]);
    }

    [Fact]
    public void A_release_may_be_found_ready_before_its_window_begins() =>
        Story.Ready(window: new MaintenanceWindow(Story.Start.AddDays(1), Story.Start.AddDays(2))).Standing(Story.Start.AddHours(1)).Verdict.ShouldBe(Verdict.Go);

    [Fact]
    public void A_waiver_carries_a_GO_until_it_ends()
    {
        var until = Story.Start.AddHours(1);
        var story = Story.Ready().Report("load", TestReport.K6(p95: 200)).Waive("load", until);
        story.Standing(until - Microsecond).Verdict.ShouldBe(Verdict.Go);
        story.Standing(until).Verdict.ShouldBe(Verdict.NoGo);
        story.Reasons(until).ShouldBe(["criterion_failed load", "waiver_ended load"]);
    }

    [Fact]
    public void Another_policy_than_the_pinned_one_gives_no_answer() =>
        Should.Throw<ArgumentException>(() => ReleaseJudge.Judge(Story.Ready().State!, TestPolicy.Publish(TestPolicy.Document, version: 2), Story.Start));

    [Fact]
    public void Replayed_from_what_is_stored_it_comes_to_the_same_bytes()
    {
        var story = Eventful();
        ReleaseState? replayed = null;
        foreach (var recorded in story.Events) replayed = ReleaseFold.Evolve(replayed, recorded with { Event = (ReleaseEvent)EventJson.Read(recorded.Event.Type, EventText.Bytes(recorded.Event)) });

        foreach (var at in new[] { story.Now, Story.Start.AddYears(3) })
            Json(ReleaseJudge.Judge(replayed!, story.Policy, at)).ShouldBe(Json(story.Standing(at)));
    }

    [Fact]
    public void Asked_in_another_offset_it_comes_to_the_same_bytes()
    {
        var story = Eventful();
        Json(story.Standing(story.Now.ToOffset(TimeSpan.FromHours(9)))).ShouldBe(Json(story.Standing(story.Now)));
    }

    [Fact]
    public void A_standing_is_written_as_it_was_verified_to() => Golden.ShouldMatch(Json(Eventful().Standing()) + "\n", "Standing.json");

    private static Story Eventful() =>
        Story.Opened(decideBy: Story.Start.AddHours(1), window: new MaintenanceWindow(Story.Start.AddHours(2), Story.Start.AddHours(4)))
            .Report("load", TestReport.K6(p95: 200))
            .Waive("load")
            .Report("scan", TestReport.Trivy(critical: 1))
            .Report("scan", TestReport.Trivy(), "base image updated")
            .Report("base-scan", TestReport.Trivy(medium: 99))
            .Report("sast", TestReport.Bandit(high: -0.0))
            .Attest("backup", met: false)
            .Attest("redis", true, null, "aof")
            .Attest("freeze", met: false);

    private static string Json(ReleaseStanding standing)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented)) JsonSerializer.Serialize(writer, standing, DomainJson.Default.ReleaseStanding);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
