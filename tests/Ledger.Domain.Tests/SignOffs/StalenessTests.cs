using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Releases;
using Ledger.Domain.Tests.Signers;

namespace Ledger.Domain.Tests.SignOffs;

/// <summary>Who signed, signed the release as it was: when a gate changes, they sign again.</summary>
public class StalenessTests
{
    public static TheoryData<string> Changes => ["report", "attestation", "attestation of a condition", "waiver", "report of an advisory gate"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_event_of_a_gate_makes_what_was_signed_before_it_stale(string change)
    {
        var story = Change(Chain.Complete(), change);
        story.Standing().Verdict.ShouldBe(Verdict.Pending);
        story.Reasons().ShouldBe(["sign_off_stale technical", "sign_off_stale business", "sign_off_stale final"]);

        var standing = Chain.Standing(story);
        standing.State.ShouldBe(ChainState.Stale);
        standing.Stages.ShouldAllBe(stage => stage.SignOffs.Count == 0 && !stage.Complete);
        standing.Past.Select(entry => entry.SignOff.Signer).ShouldBe(["ada", "ben", "dan", "eve", "fay"]);
        standing.Past.ShouldAllBe(entry => entry.Stale == story.State!.Last);
    }

    [Fact]
    public void What_is_no_gate_makes_nothing_stale()
    {
        var story = Chain.Complete().Do(new ReleaseCommand.Decide(Story.Release, Go: true));
        story.Do(new SignerCommand.RevokeKey("ada", People.KeyOf("ada").Id, "lost")).Standing().Verdict.ShouldBe(Verdict.Go);
    }

    [Fact]
    public void Everybody_signs_again_in_order_and_it_is_GO_again()
    {
        var story = Chain.Complete().Attest("docs");
        story.Refused("fay").ShouldBe("out_of_order");
        story.Technical().Business().Sign("fay").Standing().Verdict.ShouldBe(Verdict.Go);
        Chain.Standing(story).Past.Count.ShouldBe(5, "what was signed before stays to be seen");
    }

    [Fact]
    public void The_stage_says_who_has_not_signed_again_until_its_quorum_is_there()
    {
        var story = Chain.Ready().Technical().Attest("docs").Sign("ada");
        Chain.Standing(story).State.ShouldBe(ChainState.Stale);
        var reason = story.Standing().Reasons[0];
        (reason.Code, reason.Subject).ShouldBe(("sign_off_stale", "technical"));
        reason.Message.ShouldBe("1 of 2 approvals are there; signed before a gate changed, and to be signed again: Ben Ode as security-lead");
        reason.Events.Select(reference => reference.Version).ShouldBe([13, 11, 12]);

        Chain.Standing(story.Sign("cleo")).State.ShouldBe(ChainState.Incomplete, "the quorum is there without the one who signed before");
        story.Reasons().ShouldBe(["sign_off_missing business", "sign_off_missing final"]);
    }

    [Fact]
    public void What_was_withdrawn_before_the_change_is_not_asked_for_again()
    {
        var story = Chain.Ready().Sign("ada").Withdraw("ada").Attest("docs");
        Chain.Standing(story).State.ShouldBe(ChainState.Incomplete);
        story.Reasons().ShouldContain("sign_off_missing technical");
        Chain.Standing(story).Past.ShouldHaveSingleItem().SignOff.Withdrawn.ShouldNotBeNull();
    }

    [Fact]
    public void A_rejection_does_not_go_away_by_a_gates_moving()
    {
        var story = Chain.Ready().Technical().Reject("cleo").Attest("docs");
        story.Standing().Verdict.ShouldBe(Verdict.NoGo);
        Chain.Standing(story.Technical()).State.ShouldBe(ChainState.Rejected);
        story.Reasons().ShouldBe(["sign_off_rejected technical", "sign_off_missing business", "sign_off_missing final"]);
        story.Refused("dan").ShouldBe("out_of_order");
    }

    [Fact]
    public void It_is_answered_when_its_role_signs_again_or_its_signer_withdraws_it()
    {
        Chain.Ready().Reject("cleo").Attest("docs").Technical().Sign("cleo").Stage("technical").Complete.ShouldBeTrue();
        Chain.Ready().Reject("cleo").Attest("docs").Technical().Withdraw("cleo").Stage("technical").Complete.ShouldBeTrue();
        Chain.Ready().Reject("cleo").Attest("docs").Sign("cleo").Attest("docs").Standing().Verdict.ShouldBe(Verdict.Pending, "her last word was yes");
        Chain.Ready().Reject("cleo").Attest("docs").Reject("cleo").Standing().Verdict.ShouldBe(Verdict.NoGo);
    }

    private static Story Change(Story story, string change) => change switch
    {
        "report" => story.Report("load", TestReport.K6(p95: 100)),
        "attestation" => story.Attest("backup"),
        "attestation of a condition" => story.Attest("freeze"),
        "waiver" => story.Waive("load"),
        "report of an advisory gate" => story.Report("base-scan", TestReport.Trivy()),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };
}
