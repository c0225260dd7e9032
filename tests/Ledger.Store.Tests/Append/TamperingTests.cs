using Ledger.Store.Append;
using Ledger.Store.Tests.Embedded;
using Npgsql;

namespace Ledger.Store.Tests.Append;

/// <summary>What the database refuses by itself, and what the server refuses when somebody went round the database.</summary>
public sealed class TamperingTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData("update mt_events set data = '{}'")]
    [InlineData("delete from mt_events")]
    [InlineData("truncate mt_events")]
    [InlineData("update ledger_seals set checkpoint = ''")]
    [InlineData("delete from ledger_tiles")]
    [InlineData("delete from ledger_evidence")]
    [InlineData("delete from mt_streams")]
    [InlineData("truncate ledger_idempotency")]
    public async Task The_server_s_role_may_not_change_the_log_and_a_trigger_refuses_even_a_superuser(string statement)
    {
        await using var ledger = await StartAsync();
        await using var connection = await ledger.Owner.OpenConnectionAsync();
        (await RefusedAsync(connection, statement)).ShouldBeOneOf("LG002", "0A000");

        await using var role = new NpgsqlCommand("set role ledger_app", connection);
        await role.ExecuteNonQueryAsync();
        (await RefusedAsync(connection, statement)).ShouldBe("42501");
    }

    [Fact]
    public async Task An_event_without_a_leaf_is_refused()
    {
        await using var ledger = await StartAsync();
        await using var connection = await ledger.Owner.OpenConnectionAsync();
        foreach (var sequence in new[] { "(select max(seq_id) + 1 from mt_events)", "(select max(seq_id) + 2 from mt_events)", "0", "-1" })
        {
            (await RefusedAsync(connection, $"insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp) select {sequence}, gen_random_uuid(), 'release/shop/v1', 99, '{{}}', 'gate_reported', now()"))
                .ShouldBeOneOf("LG003", "23514");
        }
    }

    [Fact]
    public async Task A_group_that_was_built_on_another_tree_of_the_same_size_is_refused()
    {
        await using var ledger = await StartAsync();
        await using var connection = await ledger.Owner.OpenConnectionAsync();
        (await RefusedAsync(connection, "select ledger_advance(size, sha256('another tree'), size + 1, root) from ledger_head")).ShouldBe("LG001");
        (await RefusedAsync(connection, "select ledger_advance(size - 1, root, size + 1, root) from ledger_head")).ShouldBe("LG001");
    }

    [Fact]
    public async Task A_database_set_back_to_an_earlier_state_is_refused_at_the_start()
    {
        await using var ledger = await StartAsync();
        await ledger.AppendAsync(TestLedger.Report("v1", 1));
        await ledger.StopAsync();
        await ledger.ExecuteAsync(
            """
            set session_replication_role = replica;
            delete from mt_events where seq_id = (select max(size) from ledger_seals);
            delete from ledger_seals where size = (select max(size) from ledger_seals);
            update mt_streams set version = version - 1 where id = 'release/shop/v1';
            update ledger_head set size = s.size, root = s.root from (select size, root from ledger_seals order by size desc limit 1) s;
            """);

        (await Should.ThrowAsync<InvalidDataException>(ledger.StartAsync)).Message.ShouldContain("set back to an earlier state");
    }

    [Fact]
    public async Task A_database_set_back_under_a_running_server_is_not_written_on()
    {
        await using var ledger = await StartAsync();
        await ledger.AppendAsync(TestLedger.Report("v1", 1));
        await ledger.ExecuteAsync(
            """
            set session_replication_role = replica;
            update ledger_head set size = 1, root = (select root from ledger_seals where size = 1);
            """);

        (await ledger.SubmitAsync(TestLedger.Report("v1", 2))).ShouldBeOfType<AppendResult.Unavailable>();
        (await ledger.SubmitAsync(TestLedger.Report("v1", 3))).ShouldBeOfType<AppendResult.Unavailable>();
        ledger.Store.Refusing.ShouldNotBeNull().ShouldContain("set back");
    }

    [Fact]
    public async Task A_sealed_leaf_that_was_rewritten_is_refused_at_the_start()
    {
        await using var ledger = await StartAsync();
        await ledger.StopAsync();
        await ledger.ExecuteAsync("set session_replication_role = replica; update ledger_seals set leaves = sha256('x') where size = 1");
        (await Should.ThrowAsync<InvalidDataException>(ledger.StartAsync)).Message.ShouldContain("root");
    }

    [Fact]
    public async Task A_policy_that_was_rewritten_decides_nothing()
    {
        await using var ledger = await StartAsync();
        await ledger.StopAsync();
        await ledger.ExecuteAsync(
            """
            set session_replication_role = replica;
            update mt_events set data = jsonb_set(data, '{document,gates,0,criteria,0,threshold}', '"900ms"') where type = 'policy_published'
            """);
        await ledger.StartAsync();

        (await ledger.SubmitAsync(TestLedger.Report("v1", 500))).ShouldBeOfType<AppendResult.Faulted>();
        await Should.ThrowAsync<InvalidDataException>(() => ledger.Store.Releases.FindAsync(TestLedger.Release("v1")));
    }

    private static async Task<string> RefusedAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return (await Should.ThrowAsync<PostgresException>(command.ExecuteNonQueryAsync)).SqlState;
    }

    private async Task<TestLedger> StartAsync()
    {
        var ledger = await TestLedger.StartAsync(await postgres.CreateDatabaseAsync());
        await ledger.OpenReleaseAsync("v1");
        return ledger;
    }
}
