using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Releases;
using Ledger.Domain.Tests.Signers;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.SignOffs;

/// <summary>Who may sign: the person, their key, their role, and the duties that are kept apart.</summary>
public class SignerRulesTests
{
    [Fact]
    public void Who_may_sign_holds_the_role_and_a_key_in_use_and_has_not_signed()
    {
        var story = Chain.Ready();
        story.Do(new SignerCommand.Enrol("gus", "Gus Hill", ["qa-lead", "director"], [], People.KeyOf("gus"))).Do(new SignerCommand.Enrol("kim", "Kim Vale", ["qa-lead"], []));
        May(story, "qa-lead").ShouldBe(["cleo", "gus"]);
        May(story, "director").ShouldBe(["fay"], "the policy names who directs");
        May(story.Sign("cleo"), "qa-lead").ShouldBe(["gus"]);
        story.Do(new SignerCommand.RevokeKey("gus", People.KeyOf("gus").Id, "lost"));
        May(story, "qa-lead").ShouldBeEmpty();

        static IEnumerable<string> May(Story story, string role) =>
            SignerRules.WhoMaySign(role, story.Policy.Policy, story.State!, story.People.Ids.Order().Select(id => story.People[id]!), story.Now).Select(signer => signer.Id);
    }

    [Fact]
    public void Nobody_signs_who_is_not_enrolled() => Chain.Ready().Refused("gus", role: "tech-lead").ShouldBe("signer_unknown");

    [Fact]
    public void A_signer_signs_under_the_enrolled_name() =>
        Chain.Ready().Refused("ada", predicate => predicate with { Signer = new SignerReference("ada", "Ada M.") }).ShouldBe("wrong_name");

    [Fact]
    public void Another_persons_state_does_not_speak_for_a_signer()
    {
        var story = Chain.Ready();
        var signed = story.Statement("ada");
        SignerRules.Check(signed.Predicate, signed.Key, story.Policy.Policy, story.State!, story.People["ada"], story.Now).ShouldBeNull();
        SignerRules.Check(signed.Predicate, signed.Key, story.Policy.Policy, story.State!, story.People["ben"], story.Now)!.Code.ShouldBe("signer_unknown");
    }

    [Fact]
    public void A_signature_by_somebody_elses_key_is_not_theirs()
    {
        var story = Chain.Ready();
        story.Refused(story.Statement("ada") with { Key = People.KeyOf("ben").Id }).ShouldBe("key_unknown");
    }

    [Fact]
    public void A_revoked_key_signs_no_more_and_what_it_signed_stays()
    {
        var story = Chain.Ready().Sign("ada").Do(new SignerCommand.RevokeKey("ada", People.KeyOf("ada").Id, "stolen")).Sign("ben");
        story.Stage("technical").Complete.ShouldBeTrue();
        story.Withdraw("ada").Refused("ada").ShouldBe("key_revoked");
    }

    [Fact]
    public void A_replaced_key_signs_no_more_and_the_new_one_does()
    {
        var next = People.KeyOf("ada", 2);
        var story = Chain.Ready().Do(new SignerCommand.AddKey("ada", next, People.KeyOf("ada").Id));
        story.Refused("ada").ShouldBe("key_revoked");
        story.Try(Chain.Submit(story.Statement("ada") with { Key = next.Id }), Role.Signer).ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public void A_key_signs_in_its_time_only()
    {
        var story = Chain.Ready();
        var (start, end, key) = (story.Now.AddHours(1), story.Now.AddHours(2), People.KeyOf("ada", 2));
        story.Do(new SignerCommand.AddKey("ada", key with { NotBefore = start, NotAfter = end }));
        At(start.AddTicks(-10)).ShouldBe("key_not_yet_valid");
        At(start).ShouldBeNull();
        At(end.AddTicks(-10)).ShouldBeNull();
        At(end).ShouldBe("key_expired");

        string? At(DateTimeOffset time)
        {
            var signed = story.At(time).Statement("ada") with { Key = key.Id };
            return (story.Try(Chain.Submit(signed), Role.Signer) as Decision.Refused)?.Refusal.Code;
        }
    }

    [Fact]
    public void A_verifier_asks_of_the_place_in_the_log_and_a_key_that_came_later_did_not_sign_there()
    {
        var story = Chain.Ready();
        var (signed, ada) = (story.Statement("ada"), story.People["ada"]!);
        var added = ada.Key(signed.Key)!.Added.Sequence;
        Check(added)!.Code.ShouldBe("key_not_yet_valid");
        Check(added + 1).ShouldBeNull();

        Refusal? Check(long sequence) => SignerRules.Check(signed.Predicate, signed.Key, story.Policy.Policy, story.State!, ada, story.Now, sequence);
    }

    [Fact]
    public void A_role_is_signed_in_by_whoever_is_enrolled_in_it() => Chain.Ready().Refused("ada", role: "security-lead").ShouldBe("role_not_held");

    [Fact]
    public void A_role_that_was_taken_away_is_not_signed_in_any_more() =>
        Chain.Ready().Do(new SignerCommand.Change("ada", ["qa-lead"], [], "moved")).Refused("ada").ShouldBe("role_not_held");

    [Fact]
    public void Where_the_policy_names_the_holders_being_enrolled_is_not_enough()
    {
        var story = Chain.Ready().Technical().Business()
            .Do(new SignerCommand.Enrol("gus", "Gus Tully", ["director"], [], People.KeyOf("gus")))
            .Do(new SignerCommand.Enrol("hal", "Hal Unger", ["director"], [], People.KeyOf("hal")));
        story.Refused("gus", role: "director").ShouldBe("role_not_held");
        story.Try(Chain.Submit(story.Statement("fay")), Role.Signer).ShouldBeOfType<Decision.Accepted>("the policy names her by her name");
        story.Try(Chain.Submit(story.Statement("hal", role: "director")), Role.Signer).ShouldBeOfType<Decision.Accepted>("the policy names him by his id");
    }

    [Fact]
    public void Nobody_is_barred_by_a_policy_that_does_not_speak_of_duties() =>
        ByTheSamePerson(SeparationOfDuties.None).Sign("ada").Stage("technical").SignOffs.ShouldHaveSingleItem();

    [Fact]
    public void Whoever_opened_the_release_may_be_barred_from_signing_it()
    {
        var story = ByTheSamePerson(SeparationOfDuties.None with { OpenerMaySign = false });
        story.Refused("ada").ShouldBe("opener_may_not_sign");
        story.Sign("ben").Stage("technical").SignOffs.ShouldHaveSingleItem();
    }

    [Fact]
    public void Whoever_reported_or_attested_a_gate_may_be_barred_from_signing()
    {
        var duties = SeparationOfDuties.None with { ReporterMaySign = false };
        ByTheSamePerson(duties).Refused("ada").ShouldBe("reporter_may_not_sign");

        var attest = new ReleaseCommand.AttestGate(Story.Release, "docs", [], true, "read them");
        var story = Chain.Ready(Chain.Document with { SeparationOfDuties = duties }).Do(attest, Role.Signer, "ben");
        story.Refused("ben").ShouldBe("reporter_may_not_sign");
        story.Sign("ada").Stage("technical").SignOffs.ShouldHaveSingleItem();
    }

    [Fact]
    public void One_person_acts_in_one_role_per_release()
    {
        var both = new SignerCommand.Change("ada", ["tech-lead", "security-lead", "operations"], [], "stands in");
        var story = Chain.Ready().Do(both).Sign("ada");
        story.Refused("ada", role: "security-lead").ShouldBe("one_role_per_release");
        story.Sign("ben").Refused("ada", role: "operations").ShouldBe("one_role_per_release");
        story.Withdraw("ada").Refused("ada", role: "security-lead").ShouldBe("one_role_per_release", "what was withdrawn was signed nevertheless");
        story.Attest("docs").Refused("ada", role: "security-lead").ShouldBe("one_role_per_release", "what is stale was signed nevertheless");
    }

    // Ada's other account opened the release and reported its gates.
    private static Story ByTheSamePerson(SeparationOfDuties duties) =>
        Chain.Ready(Chain.Document with { SeparationOfDuties = duties }).Do(new SignerCommand.Change("ada", ["tech-lead"], ["somebody"], "the pipeline runs under her name"));
}
