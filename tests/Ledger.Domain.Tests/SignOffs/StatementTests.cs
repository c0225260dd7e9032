using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Releases;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.SignOffs;

/// <summary>What a statement must be about to become a sign-off: this ledger, this release, this moment.</summary>
public class StatementTests
{
    [Fact]
    public void An_approval_is_kept_with_its_statement_its_key_and_its_envelope()
    {
        var story = Chain.Ready().Sign("ada");
        var second = story.Statement("ben");
        var happened = story.Do(Chain.Submit(second), Role.Signer, "ben").Last<ReleaseEvent.SignedOff>();

        happened.ShouldBe(new ReleaseEvent.SignedOff(
            "technical", "security-lead", "ben", "Ben Ode", SignOffChoice.Approve, "I looked at it, and it is ready",
            second.Digest, second.Key, second.Envelope, story.State!.Facts.SignOffs[0].Statement));
    }

    [Fact]
    public void It_does_not_matter_with_whose_token_it_is_brought_in()
    {
        var story = Chain.Ready();
        story.Try(Chain.Submit(story.Statement("ada")), Role.Signer, "courier").ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public void A_statement_for_another_ledger_is_none_for_this_one() =>
        Chain.Ready().Refused("ada", predicate => predicate with { Ledger = "other.example/log" }).ShouldBe("wrong_ledger");

    [Fact]
    public void A_statement_for_another_release_is_none_for_this_one() =>
        Chain.Ready().Refused("ada", predicate => predicate with { Release = "shop/1.2.4" }).ShouldBe("wrong_release");

    [Fact]
    public void Its_subjects_are_the_releases_artifacts_all_of_them_and_no_other()
    {
        var story = Chain.Ready();
        var signed = story.Statement("ada");
        foreach (Digest[] subjects in (Digest[][])[[], [Story.Image], [Story.Image, Story.Sidecar, TestDigest.Of(0x33)], [Story.Image, TestDigest.Of(0x33)]])
            story.Refused(signed with { Subjects = subjects }).ShouldBe("wrong_artifacts");
        story.Try(Chain.Submit(signed with { Subjects = [Story.Sidecar, Story.Image] }), Role.Signer).ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public void It_names_the_policy_that_the_release_pinned()
    {
        var story = Chain.Ready();
        var pinned = story.Policy.Reference;
        foreach (var other in new[] { pinned with { Version = 2 }, pinned with { Digest = TestDigest.Of(1) }, pinned with { Name = "web2" } })
            story.Refused("ada", predicate => predicate with { Policy = other }).ShouldBe("wrong_policy");
    }

    [Fact]
    public void The_very_same_statement_is_taken_once_even_after_it_was_withdrawn()
    {
        var story = Chain.Ready();
        var signed = story.Statement("ada");
        story.Do(Chain.Submit(signed), Role.Signer).Refused(signed).ShouldBe("sign_off_repeated");
        story.Withdraw("ada").Refused(signed).ShouldBe("sign_off_repeated");
    }

    [Theory]
    [InlineData("", "text_missing")]
    [InlineData(" ", "text_missing")]
    [InlineData("ready\u202E", "text_unreadable")]
    public void A_signature_says_what_it_means(string meaning, string code) =>
        Chain.Ready().Refused("ada", predicate => predicate with { Meaning = meaning }).ShouldBe(code);

    [Fact]
    public void Its_meaning_has_at_most_4000_characters()
    {
        Chain.Ready().Refused("ada", predicate => predicate with { Meaning = new string('x', 4_001) }).ShouldBe("text_too_long");
        Accepts(Chain.Ready(), "ada", predicate => predicate with { Meaning = new string('x', 4_000) });
    }

    [Theory]
    [InlineData("")]
    [InlineData("000102030405060708090a0b0c0d0e")]
    [InlineData("000102030405060708090a0b0c0d0e0f0")]
    [InlineData("000102030405060708090a0b0c0d0e0g")]
    [InlineData("000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f00")]
    public void A_nonce_that_is_not_16_to_32_bytes_in_hexadecimal_digits_is_refused(string nonce) =>
        Chain.Ready().Refused("ada", predicate => predicate with { Nonce = nonce }).ShouldBe("nonce_invalid");

    [Theory]
    [InlineData("000102030405060708090A0B0C0D0E0F")]
    [InlineData("000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f")]
    public void A_nonce_of_16_or_of_32_bytes_is_taken(string nonce) => Accepts(Chain.Ready(), "ada", predicate => predicate with { Nonce = nonce });

    [Fact]
    public void It_links_to_the_sign_off_before_it_and_the_first_to_none()
    {
        Chain.Ready().Refused("ada", predicate => predicate with { Previous = TestDigest.Of(1) }).ShouldBe("previous_mismatch");
        Chain.Ready().Sign("ada").Refused("ben", predicate => predicate with { Previous = null }).ShouldBe("previous_mismatch");
        Chain.Ready().Sign("ada").Refused("ben", predicate => predicate with { Previous = TestDigest.Of(1) }).ShouldBe("previous_mismatch");
    }

    [Fact]
    public void The_link_leads_to_the_newest_sign_off_even_if_it_was_withdrawn_rejected_or_is_stale()
    {
        foreach (var story in new[] { Chain.Ready().Sign("ada").Withdraw("ada"), Chain.Ready().Reject("ada").Withdraw("ada"), Chain.Ready().Sign("ada").Attest("docs") })
        {
            story.Refused("ben", predicate => predicate with { Previous = null }).ShouldBe("previous_mismatch");
            story.Sign("ben").Last<ReleaseEvent.SignedOff>().Previous.ShouldBe(story.State!.Facts.SignOffs[0].Statement);
        }
    }

    [Fact]
    public void What_was_signed_is_the_release_as_it_still_is()
    {
        var story = Chain.Ready();
        story.Refused("ada", predicate => predicate with { Stream = predicate.Stream with { Version = predicate.Stream.Version - 1 } }).ShouldBe("state_changed");
        story.Refused("ada", predicate => predicate with { Stream = predicate.Stream with { Head = TestDigest.Of(1) } }).ShouldBe("state_changed");
    }

    [Fact]
    public void Any_event_between_the_signing_and_the_submission_makes_it_another_moment()
    {
        var story = Chain.Ready();
        var signed = story.Statement("ada");
        story.Attest("docs").Refused(signed).ShouldBe("state_changed");
    }

    [Fact]
    public void The_go_no_go_that_was_shown_is_the_one_of_now()
    {
        var story = Chain.Ready();
        story.Refused("ada", predicate => predicate with { GoNoGo = predicate.GoNoGo with { Digest = TestDigest.Of(1) } }).ShouldBe("state_changed");
        story.Refused("ada", predicate => predicate with { GoNoGo = predicate.GoNoGo with { Verdict = Verdict.Go } }).ShouldBe("state_changed");
    }

    [Fact]
    public void A_waiver_that_ended_meanwhile_makes_it_another_release_although_no_event_came()
    {
        var story = Chain.Ready().Report("load", TestReport.K6(p95: 200)).Waive("load", Story.Start.AddHours(1));
        var signed = story.Statement("ada");
        story.At(Story.Start.AddHours(1).AddTicks(-10)).Try(Chain.Submit(signed), Role.Signer).ShouldBeOfType<Decision.Accepted>();
        story.At(Story.Start.AddHours(1)).Refused(signed).ShouldBe("state_changed");
    }

    [Fact]
    public void A_statement_that_was_prepared_may_be_brought_in_days_later_if_nothing_changed()
    {
        var story = Chain.Ready();
        var signed = story.Statement("ada");
        story.At(story.Now.AddDays(9)).Try(Chain.Submit(signed), Role.Signer).ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public void A_signing_clock_may_be_a_minute_ahead_and_not_more()
    {
        var late = Chain.Ready().Now.AddSeconds(60);
        Accepts(Chain.Ready(), "ada", predicate => predicate with { Time = late });
        Chain.Ready().Refused("ada", predicate => predicate with { Time = late.AddTicks(10) }).ShouldBe("time_in_future");
        Chain.Ready().Refused("ada", predicate => predicate with { GoNoGo = predicate.GoNoGo with { At = late.AddTicks(10) } }).ShouldBe("time_in_future");
    }

    [Fact]
    public void A_sign_off_without_what_it_is_held_against_is_the_callers_mistake()
    {
        var story = Chain.Ready();
        var context = new DecisionContext(new Domain.Actors.Actor("ada", Role.Signer), story.Now, story.Policy);
        Should.Throw<ArgumentException>(() => ReleaseDecider.Decide(Chain.Submit(story.Statement("ada")), story.State, context));
    }

    private static void Accepts(Story story, string signer, Func<SignOffPredicate, SignOffPredicate> change) =>
        story.Try(Chain.Submit(story.Statement(signer, change)), Role.Signer).ShouldBeOfType<Decision.Accepted>();
}
