using Ledger.Domain.Signers;
using Ledger.Store.Tests.Append;
using Ledger.Store.Tests.Embedded;

namespace Ledger.Store.Tests.SignOffs;

public sealed class SignerReadsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Signers_are_what_their_events_come_to_in_the_order_of_their_ids()
    {
        await using var ledger = await TestLedger.StartAsync(await postgres.CreateDatabaseAsync());
        using var bob = new TestSigner("bob");
        using var alice = new TestSigner("alice");
        using var next = new TestSigner("alice");
        await ledger.AppendAsync(bob.Enrol());
        await ledger.AppendAsync(alice.Enrol());
        await ledger.AppendAsync(new SignerCommand.AddKey("alice", next.Key, Replaces: alice.Key.Id));
        await ledger.AppendAsync(new SignerCommand.Change("bob", ["lead", "deputy"], ["bob-ci"], "moved"));
        await ledger.AppendAsync(bob.Revoke());

        var listed = await ledger.Store.Signers.ListAsync();
        listed.Select(signer => signer.Id).ShouldBe(["alice", "bob"]);
        listed[0].Keys.Select(key => (key.Key.Id, key.Ended?.Reason)).ShouldBe([(alice.Key.Id, "replaced"), (next.Key.Id, null)]);
        listed[1].Roles.ShouldBe(["lead", "deputy"]);
        listed[1].Keys.ShouldHaveSingleItem().Ended!.Reason.ShouldBe("lost");

        (await ledger.Store.Signers.FindAsync("bob"))!.Accounts.ShouldBe(["bob-ci"]);
        (await ledger.Store.Signers.FindAsync(["bob", "nobody"])).ShouldHaveSingleItem().Name.ShouldBe("Signer bob");
        (await ledger.Store.Signers.FindAsync("nobody")).ShouldBeNull();
        (await ledger.Store.Signers.FindAsync("no\0body")).ShouldBeNull();
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_events_of_some_streams_come_in_the_order_of_the_log_up_to_a_place()
    {
        await using var ledger = await TestLedger.StartAsync(await postgres.CreateDatabaseAsync());
        using var alice = new TestSigner("alice");
        await ledger.AppendAsync(alice.Enrol());
        await ledger.OpenReleaseAsync("v1");
        await ledger.OpenReleaseAsync("v2");
        var revoked = await ledger.AppendAsync(alice.Revoke());

        string[] streams = [SignerId.StreamOf("alice"), TestLedger.Release("v1").StreamKey];
        var all = await ledger.Store.Events.StreamsAsync(streams);
        all.Select(stored => stored.Type).ShouldBe(["signer_enrolled", "signer_key_added", "release_opened", "signer_key_revoked"]);
        (await ledger.Store.Events.StreamsAsync(streams, revoked.Sequence - 1)).Count.ShouldBe(3);
        (await ledger.Store.Events.StreamsAsync([])).ShouldBeEmpty();
    }
}
