using System.Globalization;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;
using Ledger.Store.Log;
using Npgsql;

namespace Ledger.Store.Tests.Log;

public sealed class AuditorTests(FilledLedger ledger) : IClassFixture<FilledLedger>
{
    private Auditor Auditor => ledger.Auditor;

    [Fact]
    public async Task A_log_that_nobody_touched_is_sound()
    {
        var report = await Auditor.RunAsync();

        report.Problems.ShouldBeEmpty();
        report.Sound.ShouldBeTrue();
        report.Events.ShouldBeGreaterThan(512);
        report.TreeSize.ShouldBe(report.Events);
    }

    [Fact]
    public async Task The_report_names_the_root_of_the_newest_checkpoint()
    {
        using var log = new LogReads(ledger.Database);
        Checkpoint.Verify(System.Text.Encoding.UTF8.GetBytes((await log.CheckpointAsync())!), TestLedger.Origin, ledger.Key, out var checkpoint);

        var report = await Auditor.RunAsync();

        report.Root.ShouldBe(checkpoint!.Root);
        report.TreeSize.ShouldBe(checkpoint.Size);
    }

    [Fact]
    public async Task A_checkpoint_that_somebody_kept_is_contained()
    {
        await foreach (var (_, note) in CheckpointsAsync()) (await Auditor.RunAsync(note)).Sound.ShouldBeTrue(note);
    }

    [Fact]
    public async Task A_checkpoint_of_a_larger_tree_shows_that_the_log_was_set_back()
    {
        var report = await Auditor.RunAsync(ledger.Sign(1_000_000, new Integrity.Hash(new byte[32])));

        report.Problems.ShouldHaveSingleItem().Code.ShouldBe("rolled_back");
    }

    [Fact]
    public async Task A_checkpoint_of_another_tree_of_that_size_shows_a_fork()
    {
        var report = await Auditor.RunAsync(ledger.Sign(100, new Integrity.Hash(new byte[32])));

        report.Problems.ShouldHaveSingleItem().Code.ShouldBe("forked");
    }

    [Fact]
    public async Task A_checkpoint_of_another_key_is_not_trusted()
    {
        using var other = SigningKey.Generate();
        var note = new Checkpoint(TestLedger.Origin, 1, new Integrity.Hash(new byte[32])).Sign(new NoteSigner(TestLedger.Origin, other)).ToString();

        (await Auditor.RunAsync(note)).Problems.ShouldHaveSingleItem().Code.ShouldBe("checkpoint_untrusted");
    }

    [Fact]
    public async Task An_auditor_with_another_key_believes_no_checkpoint()
    {
        using var other = SigningKey.Generate();

        var report = await new Auditor(ledger.Database, new VerifierKey(TestLedger.Origin, other.PublicKey)).RunAsync();

        report.Sound.ShouldBeFalse();
        report.Problems.ShouldContain(problem => problem.Code == "checkpoint_invalid");
    }

    [Fact]
    public async Task A_log_set_back_in_every_table_is_found_by_the_checkpoint_kept_outside()
    {
        await using var connection = await ledger.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "set local session_replication_role = replica");
        foreach (var table in new[] { "mt_events", "mt_streams", "ledger_seals", "ledger_tiles", "ledger_releases", "ledger_gates", "ledger_evidence", "ledger_idempotency" })
            await ExecuteAsync(connection, $"delete from {table}");
        await ExecuteAsync(connection, "update ledger_head set size = 0, root = sha256('')");

        var report = await Auditor.RunAsync(connection, null, CancellationToken.None, isInTransaction: true);

        report.Problems.ShouldContain(problem => problem.Code == "rolled_back");
    }

    [Fact]
    public async Task A_seal_of_the_largest_size_does_not_stop_the_audit()
    {
        await using var connection = await ledger.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, $"insert into ledger_seals select {long.MaxValue}, leaves, root, checkpoint from ledger_seals limit 1");

        var report = await Auditor.RunAsync(connection, null, CancellationToken.None, isInTransaction: true);

        report.Problems.ShouldContain(problem => problem.Code == "seal_out_of_line");
    }

    [Fact]
    public async Task More_problems_than_a_report_lists_are_counted()
    {
        await using var connection = await ledger.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "set local session_replication_role = replica");
        await ExecuteAsync(connection, "update mt_events set is_archived = true where seq_id > 50");

        var report = await Auditor.RunAsync(connection, null, CancellationToken.None, isInTransaction: true);

        report.Problems.Count.ShouldBe(Auditor.ProblemsMax);
        report.ProblemCount.ShouldBe(report.Events - 50);
        report.FirstBad.ShouldNotBeNull().Sequence.ShouldBe(51);
        report.FirstBad.LeafIndex.ShouldBe(50);
        report.FirstBad.Stream.ShouldNotBeNull().ShouldStartWith("release/");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_sequence_that_is_not_at_the_head_is_found(int off)
    {
        var size = (await Auditor.RunAsync()).TreeSize;
        await using var connection = await ledger.Database.OpenConnectionAsync();
        await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"select setval('mt_events_sequence', {size + off})"));
        try
        {
            (await Auditor.RunAsync()).Problems.ShouldHaveSingleItem().Code.ShouldBe("sequence_differs");
        }
        finally
        {
            await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"select setval('mt_events_sequence', {size})"));
        }
    }

    [Theory]
    [InlineData("update mt_events set type = type")]
    [InlineData("delete from mt_events")]
    [InlineData("truncate mt_events")]
    [InlineData("update ledger_seals set root = root")]
    [InlineData("delete from ledger_tiles")]
    [InlineData("update ledger_evidence set bytes = bytes")]
    public async Task The_server_role_may_not_change_what_is_in_the_log(string statement)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync();
        await ExecuteAsync(connection, "set role ledger_app");

        (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(connection, statement))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("update mt_events set type = type")]
    [InlineData("delete from mt_events")]
    [InlineData("truncate mt_events")]
    [InlineData("update ledger_seals set root = root")]
    [InlineData("delete from mt_streams")]
    public async Task A_superuser_who_does_not_switch_the_triggers_off_is_refused_too(string statement)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync();

        (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(connection, statement))).SqlState.ShouldBe("LG002");
    }

    [Fact]
    public async Task An_event_without_its_leaf_is_refused()
    {
        await using var connection = await ledger.Database.OpenConnectionAsync();

        (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(connection, Mutations.InsertEvent))).SqlState.ShouldBe("LG003");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async IAsyncEnumerable<(long Size, string Note)> CheckpointsAsync()
    {
        await using var command = ledger.Database.CreateCommand("select size, checkpoint from ledger_seals where size < 10 or size > 500");
        await using var reader = await command.ExecuteReaderAsync();
        var notes = new List<(long, string)>();
        while (await reader.ReadAsync()) notes.Add((reader.GetInt64(0), reader.GetString(1)));
        foreach (var note in notes.Take(8)) yield return note;
    }
}

/// <summary>A log with several hundred events of every kind.</summary>
public sealed class FilledLedger : TestLedger
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await FillAsync();
    }
}
