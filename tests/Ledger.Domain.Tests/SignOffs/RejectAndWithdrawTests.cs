using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Releases;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.SignOffs;

public class RejectAndWithdrawTests
{
    [Fact]
    public void One_no_outweighs_every_yes()
    {
        var story = Chain.Ready().Technical().Reject("cleo");
        story.Standing().Verdict.ShouldBe(Verdict.NoGo);
        story.Reasons()[0].ShouldBe("sign_off_rejected technical");
        Chain.Standing(story).State.ShouldBe(ChainState.Rejected);
        story.Stage("technical").Complete.ShouldBeTrue("its quorum is there nevertheless");
    }

    [Fact]
    public void A_rejection_is_no_approval() => Chain.Ready().Sign("ada").Reject("ben").Stage("technical").Complete.ShouldBeFalse();

    [Fact]
    public void Nothing_is_signed_while_a_rejection_stands()
    {
        var story = Chain.Ready().Technical().Reject("cleo");
        story.Refused("dan").ShouldBe("release_rejected");
        Chain.Standing(story).Stages.ShouldAllBe(stage => !stage.Open);
    }

    [Fact]
    public void Whoever_rejected_may_think_again()
    {
        var story = Chain.Ready().Reject("ada").Withdraw("ada");
        story.Standing().Verdict.ShouldBe(Verdict.Pending);
        story.Sign("ada").Stage("technical").SignOffs.ShouldHaveSingleItem().Decision.ShouldBe(SignOffChoice.Approve);
    }

    [Fact]
    public void What_is_withdrawn_does_not_count_and_stays_to_be_seen()
    {
        var story = Chain.Complete().Withdraw("fay");
        story.Reasons().ShouldBe(["sign_off_missing final"]);
        var past = Chain.Standing(story).Past.ShouldHaveSingleItem();
        (past.SignOff.Signer, past.SignOff.Withdrawn, past.Stale).ShouldBe(("fay", story.State!.Last, null));
    }

    [Fact]
    public void Only_a_sign_off_that_stands_is_withdrawn()
    {
        Refusal(Chain.Ready(), "ada", "ada").ShouldBe("sign_off_unknown");
        Refusal(Chain.Ready().Sign("ada").Withdraw("ada"), "ada", "ada").ShouldBe("sign_off_unknown");
        Refusal(Chain.Ready().Sign("ada"), "ben", "ben").ShouldBe("sign_off_unknown");
    }

    [Fact]
    public void It_is_withdrawn_for_a_reason() =>
        Chain.Ready().Sign("ada").Refusal(new ReleaseCommand.WithdrawSignOff(Story.Release, "ada", " "), Role.Signer, "ada").ShouldBe("text_missing");

    [Fact]
    public void A_signer_withdraws_their_own()
    {
        Refusal(Chain.Ready().Sign("ada"), "ada", "ben").ShouldBe("not_your_sign_off");
        Chain.Ready().Sign("ada").Withdraw("ada").Stage("technical").SignOffs.ShouldBeEmpty();
    }

    [Fact]
    public void A_person_is_told_by_their_other_accounts_too()
    {
        var story = Chain.Ready().Sign("ada").Do(new SignerCommand.Change("ada", ["tech-lead"], ["ada-at-work"], "a second account"));
        story.Try(Withdrawal("ada"), Role.Signer, "ada-at-work").ShouldBeOfType<Decision.Accepted>();
    }

    [Theory]
    [InlineData(Role.Compliance)]
    [InlineData(Role.Admin)]
    public void Others_may_stop_an_approval_but_nobody_lifts_a_rejection_for_its_signer(Role role)
    {
        Chain.Ready().Sign("ada").Try(Withdrawal("ada"), role, "somebody").ShouldBeOfType<Decision.Accepted>();
        Refusal(Chain.Ready().Reject("ada"), "ada", "somebody", role).ShouldBe("not_your_sign_off");
        Chain.Ready().Reject("ada").Try(Withdrawal("ada"), role, "ada").ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public void A_withdrawal_of_what_does_not_stand_is_a_broken_stream()
    {
        var state = Chain.Ready().Sign("ada").Withdraw("ada").State!;
        var again = new ReleaseEvent.SignOffWithdrawn(state.Facts.SignOffs[0].Statement, "ada", "again");
        var recorded = new Recorded<ReleaseEvent>(state.Last.Sequence + 1, state.Last.Version + 1, state.LastAt, new Actor("ada", Role.Signer), again);
        Should.Throw<InvalidOperationException>(() => ReleaseFold.Evolve(state, recorded));
    }

    private static ReleaseCommand.WithdrawSignOff Withdrawal(string signer) => new(Story.Release, signer, "I was wrong");

    private static string Refusal(Story story, string signer, string actor, Role role = Role.Signer) => story.Refusal(Withdrawal(signer), role, actor);
}
