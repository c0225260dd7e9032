using Ledger.Domain.Events;
using Ledger.Domain.Signers;

namespace Ledger.Domain.Tests.Signers;

public class SignerDeciderTests
{
    private static readonly SignerCommand.Enrol Ada = new("ada", "Ada Moss", ["tech-lead", "security-lead"], ["ci-of-ada"], People.KeyOf("ada"));
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    [Fact]
    public void A_signer_is_enrolled_with_name_roles_and_accounts_and_the_first_key_comes_as_an_event_of_its_own()
    {
        var people = new People().Do(Ada);
        people.Stream("ada").Select(recorded => recorded.Event.Type).ShouldBe(["signer_enrolled", "signer_key_added"]);

        var ada = people["ada"].ShouldNotBeNull();
        (ada.Id, ada.Name).ShouldBe(("ada", "Ada Moss"));
        ada.Roles.ShouldBe(["tech-lead", "security-lead"]);
        ada.Accounts.ShouldBe(["ci-of-ada"]);
        ada.Keys.ShouldHaveSingleItem().Key.ShouldBe(People.KeyOf("ada"));
        ada.Last.ShouldBe(new EventReference(2, 2));
    }

    [Fact]
    public void A_signer_may_be_enrolled_before_they_have_a_key() => new People().Do(Ada with { Key = null })["ada"]!.Keys.ShouldBeEmpty();

    [Fact]
    public void A_signer_is_enrolled_once() => new People().Do(Ada).Refusal(Ada with { Name = "Another Ada" }).ShouldBe("signer_exists");

    [Theory]
    [InlineData("")]
    [InlineData("Ada")]
    [InlineData(".ada")]
    [InlineData("ada/1")]
    [InlineData("ada moss")]
    [InlineData("ada\n")]
    [InlineData("a1234567890123456789012345678901234567890123456789012345678901234")]
    public void An_id_that_is_none_is_refused(string id) => new People().Refusal(new SignerCommand.Enrol(id, "Ada Moss", [], [])).ShouldBe("signer_invalid");

    [Theory]
    [InlineData("a")]
    [InlineData("ada.moss+release@example.com")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public void An_id_may_be_an_address_and_have_64_characters(string id) => new People().Do(new SignerCommand.Enrol(id, "Ada Moss", [], []))[id].ShouldNotBeNull();

    [Theory]
    [InlineData("", "text_missing")]
    [InlineData("Ada\nMoss", "text_unreadable")]
    [InlineData("Ada \u202EssoM", "text_unreadable")]
    public void A_printed_name_is_one_readable_line(string name, string code) => new People().Refusal(Ada with { Name = name }).ShouldBe(code);

    [Fact]
    public void Roles_are_names_of_a_policys_alphabet_each_once()
    {
        foreach (string[] roles in (string[][])[["Tech Lead"], [""], ["tech-lead", "tech-lead"], [.. Enumerable.Range(0, 65).Select(i => $"role-{i}")]])
        {
            new People().Refusal(Ada with { Roles = roles }).ShouldBe("roles_invalid");
            new People().Do(Ada).Refusal(new SignerCommand.Change("ada", roles, [], "because")).ShouldBe("roles_invalid");
        }

        new People().Do(Ada with { Roles = [.. Enumerable.Range(0, 64).Select(i => $"role-{i}")] })["ada"]!.Roles.Count.ShouldBe(64);
    }

    [Fact]
    public void Accounts_are_named_each_once_and_are_at_most_64()
    {
        foreach (string[] accounts in (string[][])[["ci", "ci"], [.. Enumerable.Range(0, 65).Select(i => $"account-{i}")]])
        {
            new People().Refusal(Ada with { Accounts = accounts }).ShouldBe("accounts_invalid");
            new People().Do(Ada).Refusal(new SignerCommand.Change("ada", [], accounts, "because")).ShouldBe("accounts_invalid");
        }

        new People().Refusal(Ada with { Accounts = [""] }).ShouldBe("text_missing");
    }

    [Fact]
    public void Roles_and_accounts_change_as_a_whole_and_for_a_reason()
    {
        var people = new People().Do(Ada);
        people.Refusal(new SignerCommand.Change("ada", ["qa-lead"], [], " ")).ShouldBe("text_missing");

        var ada = people.Do(new SignerCommand.Change("ada", ["qa-lead"], [], "moved to another team"))["ada"]!;
        ada.Roles.ShouldBe(["qa-lead"]);
        ada.Accounts.ShouldBeEmpty();
        (ada.Name, ada.Keys.Length).ShouldBe(("Ada Moss", 1));
    }

    [Fact]
    public void Whoever_is_not_enrolled_has_nothing_that_could_change()
    {
        new People().Refusal(new SignerCommand.Change("ada", [], [], "because")).ShouldBe("signer_unknown");
        new People().Refusal(new SignerCommand.AddKey("ada", People.KeyOf("ada"))).ShouldBe("signer_unknown");
        new People().Refusal(new SignerCommand.RevokeKey("ada", People.KeyOf("ada").Id, "lost")).ShouldBe("signer_unknown");
    }

    [Fact]
    public void A_key_is_added_once_even_after_it_ended()
    {
        var people = new People().Do(Ada);
        people.Refusal(new SignerCommand.AddKey("ada", People.KeyOf("ada"))).ShouldBe("key_exists");
        people.Do(new SignerCommand.RevokeKey("ada", People.KeyOf("ada").Id, "lost"));
        people.Refusal(new SignerCommand.AddKey("ada", People.KeyOf("ada"))).ShouldBe("key_exists");
    }

    [Fact]
    public void What_cannot_be_a_key_is_refused()
    {
        var key = People.KeyOf("ada", 2);
        foreach (var bad in new[] { key with { PublicKey = "" }, key with { PublicKey = new string('A', 4_097) }, key with { Algorithm = "" }, key with { Algorithm = new string('a', 65) } })
        {
            new People().Do(Ada).Refusal(new SignerCommand.AddKey("ada", bad)).ShouldBe("key_invalid");
            new People().Refusal(Ada with { Key = bad }).ShouldBe("key_invalid");
        }

        new People().Do(Ada).Do(new SignerCommand.AddKey("ada", key with { PublicKey = new string('A', 4_096), Algorithm = new string('a', 64) }))["ada"]!.Keys.Length.ShouldBe(2);
    }

    [Fact]
    public void A_keys_time_ends_after_now_and_after_it_began()
    {
        var (people, key, now) = (new People().Do(Ada), People.KeyOf("ada", 2), People.Now);
        people.Refusal(new SignerCommand.AddKey("ada", key with { NotAfter = now })).ShouldBe("key_invalid");
        people.Refusal(new SignerCommand.AddKey("ada", key with { NotAfter = now.AddTicks(9) })).ShouldBe("key_invalid", "the log keeps whole microseconds");
        people.Refusal(new SignerCommand.AddKey("ada", key with { NotBefore = now.AddDays(1), NotAfter = now.AddDays(1) })).ShouldBe("key_invalid");

        var added = people.Do(new SignerCommand.AddKey("ada", key with { NotBefore = now.AddTicks(7), NotAfter = now + Microsecond }))["ada"]!.Key(key.Id)!.Key;
        (added.NotBefore, added.NotAfter).ShouldBe((now, now + Microsecond));
    }

    [Fact]
    public void A_key_ends_when_another_takes_its_place()
    {
        var (first, second) = (People.KeyOf("ada"), People.KeyOf("ada", 2));
        var ada = new People().Do(Ada).Do(new SignerCommand.AddKey("ada", second, first.Id))["ada"]!;

        ada.Key(first.Id)!.Ended.ShouldBe(new KeyEnd(new EventReference(3, 3), People.Now, "replaced"));
        ada.Key(second.Id)!.Ended.ShouldBeNull();
    }

    [Fact]
    public void A_key_that_somebody_else_has_or_had_is_nobodys_else()
    {
        var people = new People().Do(Ada);
        var ben = new SignerCommand.Enrol("ben", "Ben Ash", ["tech-lead"], [], People.KeyOf("ada"));
        people.Refusal(ben, holder: "ada").ShouldBe("key_in_use");
        people.Do(ben with { Key = null }).Refusal(new SignerCommand.AddKey("ben", People.KeyOf("ada")), holder: "ada").ShouldBe("key_in_use");
        people.Refusal(new SignerCommand.AddKey("ada", People.KeyOf("ada")), holder: "ada").ShouldBe("key_exists");
    }

    [Fact]
    public void Only_a_key_in_use_is_replaced()
    {
        var people = new People().Do(Ada).Do(new SignerCommand.RevokeKey("ada", People.KeyOf("ada").Id, "lost"));
        people.Refusal(new SignerCommand.AddKey("ada", People.KeyOf("ada", 2), People.KeyOf("ada").Id)).ShouldBe("key_unknown");
        people.Refusal(new SignerCommand.AddKey("ada", People.KeyOf("ada", 2), People.KeyOf("ada", 3).Id)).ShouldBe("key_unknown");
        people.Refusal(new SignerCommand.AddKey("ada", People.KeyOf("ada", 2), People.KeyOf("ada", 2).Id)).ShouldBe("key_unknown");
    }

    [Fact]
    public void A_key_is_revoked_once_and_for_a_reason()
    {
        var (people, key) = (new People().Do(Ada), People.KeyOf("ada").Id);
        people.Refusal(new SignerCommand.RevokeKey("ada", key, "")).ShouldBe("text_missing");
        people.Refusal(new SignerCommand.RevokeKey("ada", People.KeyOf("ben").Id, "lost")).ShouldBe("key_unknown");

        people.Do(new SignerCommand.RevokeKey("ada", key, "the laptop was stolen"))["ada"]!.Key(key)!.Ended
            .ShouldBe(new KeyEnd(new EventReference(3, 3), People.Now, "the laptop was stolen"));
        people.Refusal(new SignerCommand.RevokeKey("ada", key, "lost")).ShouldBe("key_revoked");
    }

    [Fact]
    public void A_person_has_at_most_256_keys_in_a_life()
    {
        var people = new People().Do(Ada);
        for (var number = 2; number <= 256; number++) people.Do(new SignerCommand.AddKey("ada", People.KeyOf("ada", number)));
        people.Refusal(new SignerCommand.AddKey("ada", People.KeyOf("ada", 257))).ShouldBe("too_many_keys");
    }
}
