using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Releases;

namespace Ledger.Domain.Tests.SignOffs;

/// <summary>Technical before business before final, and in each as many as the policy asks for.</summary>
public class OrderTests
{
    [Fact]
    public void A_policy_without_stages_asks_for_no_sign_offs_and_takes_none()
    {
        var story = Chain.Ready(TestPolicy.Document);
        story.Standing().SignOff.ShouldBeNull();
        story.Standing().Verdict.ShouldBe(Verdict.Go);
        story.Refused("ada").ShouldBe("stage_unknown");
    }

    [Fact]
    public void A_release_that_nobody_signed_waits_for_every_stage()
    {
        var story = Chain.Ready();
        Chain.Standing(story).State.ShouldBe(ChainState.Incomplete);
        story.Standing().Verdict.ShouldBe(Verdict.Pending);
        story.Reasons().ShouldBe(["sign_off_missing technical", "sign_off_missing business", "sign_off_missing final"]);
        Open(story).ShouldBe(["technical"]);
    }

    [Fact]
    public void It_is_GO_when_the_last_stage_has_its_quorum_and_not_before()
    {
        var story = Chain.Ready();
        foreach (var signer in new[] { "ada", "ben", "dan", "eve" }) story.Sign(signer).Standing().Verdict.ShouldBe(Verdict.Pending, signer);
        story.Sign("fay").Standing().Verdict.ShouldBe(Verdict.Go);
        story.Reasons().ShouldBeEmpty();
        Chain.Standing(story).State.ShouldBe(ChainState.Complete);
    }

    [Fact]
    public void A_complete_chain_makes_no_gate_green() =>
        Chain.Ready().Report("load", TestReport.K6(p95: 200)).Technical().Business().Sign("fay").Reasons().ShouldBe(["criterion_failed load"]);

    [Fact]
    public void A_stage_opens_when_the_one_before_it_has_its_quorum()
    {
        var story = Chain.Ready();
        story.Refused("dan").ShouldBe("out_of_order");
        story.Refused("fay").ShouldBe("out_of_order");
        story.Sign("ada").Refused("dan").ShouldBe("out_of_order");
        story.Sign("ben").Refused("fay").ShouldBe("out_of_order");
        story.Sign("dan").Refused("fay").ShouldBe("out_of_order");
        story.Sign("eve").Sign("fay").Standing().Verdict.ShouldBe(Verdict.Go);
    }

    [Fact]
    public void Not_even_a_rejection_comes_out_of_order() =>
        Chain.Ready().Refused("fay", predicate => predicate with { Decision = SignOffChoice.Reject }).ShouldBe("out_of_order");

    [Fact]
    public void Within_a_stage_any_of_its_roles_may_come_first()
    {
        foreach (var (first, second) in new[] { ("ada", "ben"), ("ben", "ada"), ("cleo", "ada"), ("ben", "cleo") })
            Chain.Ready().Sign(first).Sign(second).Stage("technical").Complete.ShouldBeTrue($"{first}, {second}");
    }

    [Fact]
    public void A_stage_with_its_quorum_stays_open_for_its_other_roles_until_the_next_has_begun()
    {
        var story = Chain.Ready().Technical();
        Open(story).ShouldBe(["technical", "business"]);
        story.Try(Chain.Submit(story.Statement("cleo")), Domain.Actors.Role.Signer).ShouldBeOfType<Decision.Accepted>();

        story.Sign("dan");
        Open(story).ShouldBe(["business"]);
        story.Refused("cleo").ShouldBe("out_of_order");
    }

    [Fact]
    public void A_stage_that_everybody_signed_is_open_no_more() => Open(Chain.Ready().Technical().Sign("cleo")).ShouldBe(["business"]);

    [Fact]
    public void A_stage_that_there_is_not_is_refused() => Chain.Ready().Refused("ada", predicate => predicate with { Stage = "legal" }).ShouldBe("stage_unknown");

    [Fact]
    public void A_role_signs_in_its_own_stage() => Chain.Ready().Refused("ada", predicate => predicate with { Stage = "business" }).ShouldBe("role_not_in_stage");

    [Fact]
    public void One_person_signs_once() => Chain.Ready().Sign("ada").Refused("ada").ShouldBe("already_signed");

    [Fact]
    public void Each_role_signs_once_whoever_holds_it()
    {
        var second = new Domain.Signers.SignerCommand.Enrol("gus", "Gus Tully", ["tech-lead"], [], Signers.People.KeyOf("gus"));
        Chain.Ready().Do(second).Sign("ada").Refused("gus", role: "tech-lead").ShouldBe("already_signed");
        Chain.Ready().Do(second).Sign("gus", role: "tech-lead").Refused("ada").ShouldBe("already_signed");
    }

    [Fact]
    public void When_an_earlier_stage_loses_its_quorum_the_later_sign_offs_are_made_again_after_it()
    {
        var story = Chain.Complete().Withdraw("ada");
        story.Reasons().ShouldBe(["sign_off_missing technical"]);
        Open(story).ShouldBeEmpty();
        story.Refused("ada").ShouldBe("out_of_order");

        story.Withdraw("dan").Withdraw("eve").Withdraw("fay").Sign("ada").Business().Sign("fay").Standing().Verdict.ShouldBe(Verdict.Go);
    }

    [Fact]
    public void The_order_can_be_told_from_the_events_alone() =>
        Chain.Complete().Events.Select(recorded => recorded.Event).OfType<ReleaseEvent.SignedOff>().Select(signed => signed.Stage)
            .ShouldBe(["technical", "technical", "business", "business", "final"]);

    private static IEnumerable<string> Open(Story story) => Chain.Standing(story).Stages.Where(stage => stage.Open).Select(stage => stage.Name);
}
