using System.Text.Json;
using Ledger.Store.Migrations;
using Ledger.Store.Releases;
using Ledger.Store.Tests.Embedded;
using Npgsql;

namespace Ledger.Store.Tests.Releases;

/// <summary>A hundred thousand releases with what they are found by, some of it from when they were opened and some from later on, with an event each, and every tenth with the one that decided it.</summary>
public sealed class ManyReleases : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();

    public NpgsqlDataSource Database { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        await Migrator.ApplyAsync(_postgres.ConnectionString);
        Database = NpgsqlDataSource.Create(_postgres.ConnectionString);
        await using var fill = Database.CreateCommand(
            """
            set session_replication_role = replica;
            insert into mt_streams (id, type, version) select 'release/svc-' || i % 50 || '/v' || i, 'release', 2 from generate_series(1, 100000) i;
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp)
            select n * 100000 + i, gen_random_uuid(), 'release/svc-' || i % 50 || '/v' || i, n + 1, '{}', case n when 0 then 'release_opened' else 'decision_made' end, now() from generate_series(0, 1) n, generate_series(1, 100000) i where n = 0 or i % 10 = 0;
            reset session_replication_role;
            insert into ledger_releases (stream_id, opened_sequence, service, facts) select 'release/svc-' || i % 50 || '/v' || i, i, 'svc-' || i % 50, '{}' from generate_series(1, 100000) i;
            insert into ledger_terms (kind, value, release, sequence)
            select t.kind, t.value, i, t.later * 100000 + i from generate_series(1, 100000) i cross join lateral (values
              ('version', 'v' || i, 0),
              ('environment', case when i % 10000 = 0 then 'moon' when i % 3 = 0 then 'staging' else 'production' end, 0),
              ('commit', md5(i::text), 0),
              ('artifact', 'sha256:' || encode(sha256(i::text::bytea), 'hex'), 0),
              ('tool', case when i % 2 = 0 then 'k6' else 'junit' end, 1),
              ('signer', 'signer-' || i % 500, 1),
              ('decision', case when i % 10 = 0 then 'NO_GO' else 'GO' end, 1),
              ('word', 'release', 0),
              ('word', case when i in (1000, 60000) then 'needle' else 'w' || i % 1000 end, 0)) t (kind, value, later);
            insert into ledger_terms (kind, value, release, sequence) select 'decided_at', (100000 + i)::text, i, 100000 + i from generate_series(10, 100000, 10) i
            """);
        fill.CommandTimeout = 600;
        await fill.ExecuteNonQueryAsync();

        // As autovacuum does some time after.
        await using var vacuum = Database.CreateCommand("vacuum analyze");
        vacuum.CommandTimeout = 600;
        await vacuum.ExecuteNonQueryAsync();
    }

    /// <summary>How many blocks PostgreSQL looks at for a page of 50, and its plan.</summary>
    public async Task<(long Blocks, string Plan)> BlocksAsync(ReleaseSearch search, ReleaseHit? after)
    {
        await using var command = Database.CreateCommand();
        ReleaseFinder.Build(command, search, after, null, 51);
        command.CommandText = $"explain (analyze, buffers, timing off, format json) {command.CommandText}";
        var text = (string)(await command.ExecuteScalarAsync())!;
        using var plan = JsonDocument.Parse(text);
        var root = plan.RootElement[0].GetProperty("Plan");
        return (root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64(), text);
    }

    public async Task DisposeAsync()
    {
        await Database.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
