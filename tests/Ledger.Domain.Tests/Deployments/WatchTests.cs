using Ledger.Domain.Deployments;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Tests.Releases;
using Ledger.Domain.Watches;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Deployments;

public class WatchTests
{
    private const double End = 1_000 + (24 * 3_600);

    private static readonly WatchCommand.RecordCheck Burn = new(Story.Release, CheckList.Watch, "burn", "prometheus", 0.05, Unit.Ratio);
    private static readonly WatchCommand.RecordCheck NoIncidents = new(Story.Release, CheckList.Watch, "no-incidents", "pager", Met: true, Note: "quiet night");
    private static readonly WatchCommand.RecordCheck Happy = new(Story.Release, CheckList.Success, "happy", "survey", Met: true, Note: "they say so");

    [Theory]
    [InlineData(0.0999999, Outcome.Passed)]
    [InlineData(0.1, Outcome.Failed)]
    [InlineData(null, Outcome.NotEvaluated)]
    public void A_measured_check_is_computed(double? value, Outcome outcome) =>
        Rollout.FullyOut().Do(2_000, Burn with { Value = value }).Story.Last<WatchEvent.Checked>().Outcome.ShouldBe(outcome);

    [Fact]
    public void A_check_says_what_its_kind_asks_for_and_who_may_say_it()
    {
        var rollout = Rollout.FullyOut();
        rollout.Refusal(2_000, Burn with { Met = true }).ShouldBe("check_needs_value");
        rollout.Refusal(2_000, Burn with { Unit = Unit.Milliseconds }).ShouldBe("unit_mismatch");
        rollout.Refusal(2_000, NoIncidents).ShouldBe("check_needs_person");
        rollout.Refusal(2_000, NoIncidents with { Note = null }, Role.Signer).ShouldBe("text_missing");
        rollout.Refusal(2_000, NoIncidents with { Met = null }, Role.Signer).ShouldBe("check_needs_word");
        rollout.Refusal(2_000, NoIncidents with { Check = "nothing" }, Role.Signer).ShouldBe("check_unknown");
        Rollout.InCanary().Refusal(1, Burn).ShouldBe("not_fully_out");
    }

    [Fact]
    public void Red_turns_green_only_with_a_reason()
    {
        var rollout = Rollout.FullyOut().Do(2_000, Burn with { Value = 0.5 });
        rollout.Reasons(2_001).ShouldBe(["check_failed burn"]);
        rollout.Refusal(2_002, Burn).ShouldBe("supersede_reason_missing");
        rollout.Refusal(2_002, Burn with { Value = null }).ShouldBe("supersede_reason_missing");
        rollout.Do(2_003, Burn with { SupersedeReason = "the query counted another service" });
        rollout.Reasons(2_004).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_missing_when_the_watch_ends_stays_missing()
    {
        var rollout = Rollout.FullyOut().Do(2_000, Burn);
        rollout.Pass(End - 0.000001).ShouldBeEmpty();
        rollout.Refusal(End, NoIncidents, Role.Signer).ShouldBe("watch_over");
        rollout.Pass(End).ShouldBe(["watch_end"]);
        rollout.Pass(End + 1).ShouldBeEmpty();
        var ended = rollout.Story.Last<WatchEvent.Ended>();
        ended.Outcome.ShouldBe(Outcome.NotEvaluated);
        ended.Checks.ShouldBe([new WatchedCheck("burn", Outcome.Passed), new WatchedCheck("no-incidents", Outcome.NotEvaluated)]);
        rollout.Reasons(End + 2).ShouldBe(["check_not_evaluated no-incidents"]);
        rollout.Refusal(End + 3, NoIncidents, Role.Signer).ShouldBe("watch_over");
        rollout.Refusal(End + 3, Close(CloseOutcome.Succeeded), Role.ReleaseManager).ShouldBe("close_not_borne_out");
    }

    [Fact]
    public void A_release_succeeds_when_everything_was_looked_at_and_holds()
    {
        var rollout = Rollout.FullyOut();
        rollout.Refusal(1_001, Close(CloseOutcome.Succeeded), Role.ReleaseManager).ShouldBe("close_not_borne_out");
        rollout.Do(1_002, new DeploymentCommand.StartStep(Story.Release, "full"));
        rollout.Pass(1_002 + 3_600).ShouldBe(["step_end/full"]);
        rollout.Do(1_002 + 3_601, new DeploymentCommand.CompleteStep(Story.Release, "full"));
        rollout.Do(5_000, Burn).Do(5_001, NoIncidents, Role.Signer);
        rollout.Pass(End).ShouldBe(["watch_end"]);
        rollout.Story.Last<WatchEvent.Ended>().Outcome.ShouldBe(Outcome.Passed);
        rollout.Refusal(End + 1, Close(CloseOutcome.Succeeded), Role.ReleaseManager).ShouldBe("close_not_borne_out");
        rollout.Do(End + 2, Happy, Role.Signer);
        rollout.Verdict(End + 3).ShouldBe(Verdict.Go);
        rollout.Refusal(End + 3, Close(CloseOutcome.Abandoned), Role.ReleaseManager).ShouldBe("close_not_borne_out");
        rollout.Refusal(End + 3, Close(CloseOutcome.RolledBack), Role.ReleaseManager).ShouldBe("close_not_borne_out");
        rollout.Do(End + 3, Close(CloseOutcome.Succeeded), Role.ReleaseManager);
    }

    [Fact]
    public void What_went_against_its_plan_is_no_success_however_well_it_went_on()
    {
        var rollout = Rollout.FullyOut();
        rollout.Do(1_002, new DeploymentCommand.StartStep(Story.Release, "full"));
        rollout.Do(1_003, new DeploymentCommand.CompleteStep(Story.Release, "full", rollout.Seen(1_003)));
        rollout.Deviations.ShouldBe(["too_early full"]);
        rollout.Do(5_000, Burn).Do(5_001, NoIncidents, Role.Signer).Do(5_002, Happy, Role.Signer);
        rollout.Pass(End).ShouldBe(["watch_end"]);
        rollout.Refusal(End + 1, Close(CloseOutcome.Succeeded), Role.ReleaseManager).ShouldBe("close_not_borne_out");
        rollout.Do(End + 2, Close(CloseOutcome.Failed), Role.ReleaseManager);
    }

    [Fact]
    public void A_rollback_after_which_nothing_works_took_nothing_back()
    {
        var rollout = Rollout.InCanary().Do(1, new RollbackCommand.Start(Story.Release, RollbackCause.Emergency, "smoke", "Ada Moss")).Do(3, new RollbackCommand.Complete(Story.Release));
        rollout.Do(4, new RollbackCommand.Verify(Story.Release, false, "it does not answer"), Role.Signer);
        rollout.Refusal(5, Close(CloseOutcome.RolledBack), Role.ReleaseManager).ShouldBe("close_not_borne_out");
        rollout.Do(6, Close(CloseOutcome.Failed), Role.ReleaseManager);
    }

    [Fact]
    public void A_release_was_rolled_back_when_it_was()
    {
        var rollout = Rollout.InCanary().Do(1, new RollbackCommand.Start(Story.Release, RollbackCause.Emergency, "smoke", "Ada Moss"));
        rollout.Refusal(2, Close(CloseOutcome.RolledBack), Role.ReleaseManager).ShouldBe("close_not_borne_out");
        rollout.Do(3, new RollbackCommand.Complete(Story.Release)).Do(4, Close(CloseOutcome.RolledBack), Role.ReleaseManager);
    }

    [Fact]
    public void A_release_that_was_never_deployed_was_abandoned_and_did_not_fail()
    {
        var rollout = Rollout.Decided();
        rollout.Refusal(0, Close(CloseOutcome.Failed), Role.ReleaseManager).ShouldBe("close_not_borne_out");
        rollout.Refusal(0, Close(CloseOutcome.Succeeded), Role.ReleaseManager).ShouldBe("close_not_borne_out");
        rollout.Do(0, Close(CloseOutcome.Abandoned), Role.ReleaseManager);
    }

    private static ReleaseCommand.Close Close(CloseOutcome outcome) => new(Story.Release, outcome, "that is how it ended");
}
