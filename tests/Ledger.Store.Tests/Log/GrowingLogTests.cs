using Ledger.Integrity.Tiles;
using Ledger.Store.Log;

namespace Ledger.Store.Tests.Log;

/// <summary>Reads of a log that others append to, and one that somebody tampers with.</summary>
public sealed class GrowingLogTests : IAsyncLifetime
{
    private readonly TestLedger _ledger = new();

    public async Task InitializeAsync()
    {
        await _ledger.InitializeAsync();
        await _ledger.PublishAsync("standard", "Standard");
    }

    public Task DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task A_reader_proves_what_was_appended_a_moment_ago()
    {
        using var log = new LogReads(_ledger.Database);
        for (var i = 0; i < 300; i++)
        {
            var receipt = (await _ledger.OpenAsync(TestLedger.Release("shop", i))).Receipt;

            var answer = (await log.InclusionAsync(receipt.Sequence)).ShouldNotBeNull();

            answer.LeafHash.ShouldBe(receipt.LeafHash);
            answer.Checkpoint.ShouldBe(receipt.Checkpoint);
        }
    }

    [Fact]
    public async Task Readers_at_once_get_right_proofs_while_the_log_grows()
    {
        using var log = new LogReads(_ledger.Database);
        var appending = Task.WhenAll(Enumerable.Range(0, 400).Select(i => _ledger.OpenAsync(TestLedger.Release("shop", i))));
        var readers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var before = 1L;
            do
            {
                before = (await log.ConsistencyAsync(before)).ShouldNotBeNull().To; // checked before it is handed out
                (await log.InclusionAsync(before)).ShouldNotBeNull();
            }
            while (!appending.IsCompleted);
        }));
        await Task.WhenAll(readers);
        await appending;
    }

    [Fact]
    public async Task An_audit_is_sound_while_the_log_grows()
    {
        var appending = Task.WhenAll(Enumerable.Range(0, 20).Select(async caller =>
        {
            for (var i = 0; i < 20; i++) await _ledger.OpenAsync(TestLedger.Release("shop", (100 * caller) + i));
        }));
        do (await new Auditor(_ledger.Database, _ledger.Key, _ledger.Kept).RunAsync()).Problems.ShouldBeEmpty();
        while (!appending.IsCompleted);
        await appending;
    }

    [Fact]
    public async Task An_empty_log_has_no_checkpoint_and_is_sound()
    {
        await ExecuteAsync("truncate mt_streams, mt_events, ledger_seals, ledger_cosignatures, ledger_timestamps, ledger_idempotency, ledger_releases, ledger_deployments; update ledger_head set size = 0, root = sha256(''); select setval('mt_events_sequence', 1, false)");
        using var log = new LogReads(_ledger.Database);

        (await log.CheckpointAsync()).ShouldBeNull();
        (await log.InclusionAsync(1)).ShouldBeNull();
        (await log.ConsistencyAsync(0)).ShouldBeNull();
        (await log.TileAsync(new TileCoordinate(0, 0, 1))).ShouldBeNull();
        (await new Auditor(_ledger.Database, _ledger.Key).RunAsync()).Problems.ShouldBeEmpty();
        (await new Auditor(_ledger.Database, _ledger.Key, _ledger.Kept).RunAsync()).Problems.ShouldHaveSingleItem().Code.ShouldBe("rolled_back");
    }

    [Fact]
    public async Task What_was_tampered_with_is_not_served()
    {
        await ExecuteAsync("update mt_events set data = data || '{\"extra\":1}' where seq_id = 2");
        using var log = new LogReads(_ledger.Database);

        await Should.ThrowAsync<InvalidDataException>(() => log.TileAsync(TileCoordinate.Entries(0, 2)));
        (await log.TileAsync(TileCoordinate.Entries(0, 1))).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_proof_that_does_not_lead_to_the_signed_root_is_not_served()
    {
        await ExecuteAsync("update ledger_seals set leaves = sha256(leaves) where size = 2");
        using var log = new LogReads(_ledger.Database);

        await Should.ThrowAsync<InvalidDataException>(() => log.InclusionAsync(1));
        await Should.ThrowAsync<InvalidDataException>(() => log.ConsistencyAsync(1));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _ledger.Database.CreateCommand($"set session_replication_role = replica; {sql}; reset session_replication_role");
        await command.ExecuteNonQueryAsync();
    }
}
