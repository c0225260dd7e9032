using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Store.Append;
using Ledger.Store.Tests.Append;
using Ledger.Store.Tests.Embedded;

namespace Ledger.Store.Tests.SignOffs;

public sealed class SignOffTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_sign_off_of_the_release_as_it_stands_is_appended_and_the_chain_goes_on_from_it()
    {
        await using var ledger = await StartAsync();
        using var first = await EnrolAsync(ledger, "first");
        using var second = await EnrolAsync(ledger, "second", "deputy");
        var release = await OpenAsync(ledger, "v1");

        var signed = await SignAsync(ledger, first, release);
        await SignAsync(ledger, second, release);

        signed.ShouldBeOfType<AppendResult.Appended>().Release!.Facts.SignOffs.ShouldHaveSingleItem().Signer.ShouldBe("first");
        var facts = (await ledger.Store.Releases.FindAsync(release))!.State.Facts;
        facts.SignOffs.Select(signOff => signOff.Signer).ShouldBe(["first", "second"]);
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_who_saw_the_same_head_the_second_is_told_that_it_moved()
    {
        await using var ledger = await StartAsync();
        using var first = await EnrolAsync(ledger, "first");
        using var second = await EnrolAsync(ledger, "second", "deputy");
        var release = await OpenAsync(ledger, "v1");
        var late = await second.SignAsync(ledger.Owner, TestLedger.Origin, release);

        (await SignAsync(ledger, first, release)).ShouldBeOfType<AppendResult.Appended>();

        Refused(await SubmitAsync(ledger, second, late)).ShouldBe("previous_mismatch");
        (await ledger.ShouldBeSoundAsync()).Count(stored => stored.Type == "signed_off").ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_is_revoked_earlier_in_the_very_group_does_not_sign()
    {
        await using var ledger = await StartAsync();
        var together = 0;
        for (var round = 0; round < 20 && together == 0; round++)
        {
            using var signer = await EnrolAsync(ledger, $"signer{round}");
            var release = await OpenAsync(ledger, $"v{round}");
            var signOff = await signer.SignAsync(ledger.Owner, TestLedger.Origin, release);

            // The first makes a group of its own; those that follow wait together until it is durable.
            var before = ledger.SubmitAsync(TestLedger.Attest($"v{round}-other"));
            var revoked = ledger.SubmitAsync(signer.Revoke());
            var refused = SubmitAsync(ledger, signer, signOff);
            var after = ledger.SubmitAsync(OpenCommand($"v{round}-next"));

            await before;
            Refused(await refused).ShouldBe("key_revoked");
            var revocation = (await revoked).ShouldBeOfType<AppendResult.Appended>();
            if (revocation.Receipt.TreeSize == (await after).ShouldBeOfType<AppendResult.Appended>().Receipt.TreeSize) together++;
        }

        together.ShouldBeGreaterThan(0);
        await ledger.ShouldBeSoundAsync();
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("Not An Id")]
    [InlineData("null\0character")]
    [InlineData("half \ud800")]
    public async Task A_statement_of_nobody_is_refused_and_takes_nothing_else_down(string name)
    {
        await using var ledger = await StartAsync();
        using var signer = await EnrolAsync(ledger, "first");
        var release = await OpenAsync(ledger, "v1");
        var signOff = await signer.SignAsync(ledger.Owner, TestLedger.Origin, release);
        var forged = signOff with { Signed = signOff.Signed with { Predicate = signOff.Signed.Predicate with { Signer = new(name, name) } } };

        var refused = SubmitAsync(ledger, signer, forged);
        var other = ledger.SubmitAsync(OpenCommand("v2"));

        Refused(await refused).ShouldBe("signer_unknown");
        (await other).ShouldBeOfType<AppendResult.Appended>();
    }

    [Fact]
    public async Task A_sign_off_of_a_release_that_is_not_there_is_refused_as_that()
    {
        await using var ledger = await StartAsync();
        using var signer = await EnrolAsync(ledger, "first");
        var signOff = await signer.SignAsync(ledger.Owner, TestLedger.Origin, await OpenAsync(ledger, "v1"));

        Refused(await SubmitAsync(ledger, signer, new ReleaseCommand.SignOff(TestLedger.Release("v404"), signOff.Signed))).ShouldBe("release_unknown");
    }

    [Fact]
    public async Task A_withdrawal_knows_its_signer_and_a_decision_its_go_no_go()
    {
        await using var ledger = await StartAsync();
        using var signer = await EnrolAsync(ledger, "first");
        var release = await OpenAsync(ledger, "v1");
        (await SignAsync(ledger, signer, release)).ShouldBeOfType<AppendResult.Appended>();

        Refused(await ledger.Store.SubmitAsync(new Submission(new Actor("stranger", Role.Signer), new ReleaseCommand.WithdrawSignOff(release, "first", "changed my mind"))))
            .ShouldBe("not_your_sign_off");
        (await ledger.Store.SubmitAsync(new Submission(signer.Actor, new ReleaseCommand.WithdrawSignOff(release, "first", "changed my mind")))).ShouldBeOfType<AppendResult.Appended>();
        (await ledger.SubmitAsync(new ReleaseCommand.Decide(release, Go: false, "not today"))).ShouldBeOfType<AppendResult.Appended>();

        (await ledger.Store.Releases.FindAsync(release))!.State.Facts.Decision!.By.ShouldBe("tester");
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_is_one_persons_even_of_two_who_come_with_it_at_once_and_after_it_was_revoked()
    {
        await using var ledger = await StartAsync();
        using var first = await EnrolAsync(ledger, "first");
        Refused(await ledger.SubmitAsync(first.EnrolAs("second"))).ShouldBe("key_in_use");
        await ledger.AppendAsync(new SignerCommand.Enrol("second", "Second", ["deputy"], []));
        await ledger.AppendAsync(first.Revoke());
        Refused(await ledger.SubmitAsync(new SignerCommand.AddKey("second", first.Key))).ShouldBe("key_in_use");

        using var shared = new TestSigner("third");
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ledger.SubmitAsync(shared.EnrolAs($"one-of-many-{i}"))));
        results.Count(result => result is AppendResult.Appended).ShouldBe(1);
        results.OfType<AppendResult.Refused>().Select(refused => refused.Refusal.Code).Distinct().ShouldBe(["key_in_use"]);

        await ledger.StopAsync();
        await ledger.StartAsync();
        Refused(await ledger.SubmitAsync(shared.EnrolAs("later"))).ShouldBe("key_in_use");
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restarted_server_knows_its_signers()
    {
        await using var ledger = await StartAsync();
        using var signer = await EnrolAsync(ledger, "first");
        var release = await OpenAsync(ledger, "v1");
        await ledger.StopAsync();
        await ledger.StartAsync();

        (await SignAsync(ledger, signer, release)).ShouldBeOfType<AppendResult.Appended>();
        Refused(await ledger.SubmitAsync(signer.Enrol())).ShouldBe("signer_exists");
    }

    private async Task<TestLedger> StartAsync()
    {
        var ledger = await TestLedger.StartAsync(await postgres.CreateDatabaseAsync());
        var policy = new Policy("signed", "Signed", [], [new Gate("ready", GateKind.Attestation, "Ready", true, true, [], [], [])], [])
        {
            Roles = [new PolicyRole("lead", "Lead"), new PolicyRole("deputy", "Deputy")],
            SignOff = [new SignOffStage("technical", "Technical", ["lead", "deputy"], 2)],
        };
        var document = JsonSerializer.Deserialize<JsonElement>(PolicyJson.Write(policy));
        await ledger.AppendAsync(new PolicyCommand.Publish(policy, document, PolicyCache.DigestOf(document)));
        return ledger;
    }

    private static async Task<TestSigner> EnrolAsync(TestLedger ledger, string id, string role = "lead")
    {
        var signer = new TestSigner(id, role);
        await ledger.AppendAsync(signer.Enrol());
        return signer;
    }

    private static async Task<ReleaseId> OpenAsync(TestLedger ledger, string version)
    {
        await ledger.AppendAsync(OpenCommand(version));
        return TestLedger.Release(version);
    }

    private static ReleaseCommand.Open OpenCommand(string version) => TestLedger.Open(version) with { Policy = "signed" };

    private static async Task<AppendResult> SignAsync(TestLedger ledger, TestSigner signer, ReleaseId release) =>
        await SubmitAsync(ledger, signer, await signer.SignAsync(ledger.Owner, TestLedger.Origin, release));

    private static Task<AppendResult> SubmitAsync(TestLedger ledger, TestSigner signer, LedgerCommand command) => ledger.Store.SubmitAsync(new Submission(signer.Actor, command));

    private static string Refused(AppendResult result) => result.ShouldBeOfType<AppendResult.Refused>().Refusal.Code;
}
