using Npgsql;
using NpgsqlTypes;

namespace Ledger.Benchmarks;

/// <summary>The baseline: one prepared single-row INSERT a commit, by Npgsql, into a table shaped as <c>mt_events</c>.</summary>
internal sealed class PlainInsert(NpgsqlDataSource database) : IAsyncDisposable
{
    private const string Data =
        """{"gate":"gate-1","tool":"k6","outcome":"passed","results":[{"value":0.001,"metric":"http_req_failed.rate","outcome":"passed","threshold":"0.5%","comparator":"<"},{"value":85,"metric":"http_req_duration.p(95)","outcome":"passed","threshold":"120ms","comparator":"<"}],"evidence":{"size":4096,"digest":"sha256:54a4d1d8d3b1c2c25e8c2e5e2f7c2b6f2c1d4c3b5a6978877665544332211000","mediaType":"application/json"},"conditions":[],"redactions":0,"measurements":[{"name":"http_req_duration.avg","unit":"ms","value":41.5},{"name":"http_req_duration.p(95)","unit":"ms","value":85},{"name":"http_req_failed.rate","unit":"ratio","value":0.001},{"name":"http_reqs.count","unit":"count","value":45000},{"name":"http_reqs.rate","unit":"per_second","value":1500.25}]}""";

    private const string Headers = """{"actor":{"id":"benchmark","role":"admin"},"prev":"54a4d1d8d3b1c2c25e8c2e5e2f7c2b6f2c1d4c3b5a6978877665544332211000"}""";

    private readonly List<(NpgsqlConnection Connection, NpgsqlCommand Command)> _callers = [];
    private long _sequence;

    public async Task PrepareAsync(int callers)
    {
        await using var create = database.CreateCommand(
            """
            create table if not exists plain_streams (like mt_streams including all);
            create table if not exists plain_events (like mt_events including defaults including indexes,
              foreign key (stream_id) references plain_streams (id) on delete cascade);
            truncate plain_events, plain_streams;
            insert into plain_streams (id, type, version) select 'release/plain/' || n, 'release', 0 from generate_series(0, 255) n
            """);
        await create.ExecuteNonQueryAsync();
        for (var i = 0; i < callers; i++)
        {
            var connection = await database.OpenConnectionAsync();
            var command = new NpgsqlCommand(
                """
                insert into plain_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, headers)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                connection);
            command.Parameters.Add(new NpgsqlParameter<long>());
            command.Parameters.Add(new NpgsqlParameter<Guid>());
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"release/plain/{i}" });
            command.Parameters.Add(new NpgsqlParameter<long>());
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Data, NpgsqlDbType = NpgsqlDbType.Jsonb });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "gate_reported" });
            command.Parameters.Add(new NpgsqlParameter<DateTime>());
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "Ledger.Domain.Releases.ReleaseEvent+GateReported, Ledger.Domain" });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Headers, NpgsqlDbType = NpgsqlDbType.Jsonb });
            await command.PrepareAsync();
            _callers.Add((connection, command));
        }
    }

    public async Task InsertAsync(int caller, int version)
    {
        var command = _callers[caller].Command;
        ((NpgsqlParameter<long>)command.Parameters[0]).TypedValue = Interlocked.Increment(ref _sequence);
        ((NpgsqlParameter<Guid>)command.Parameters[1]).TypedValue = Guid.CreateVersion7();
        ((NpgsqlParameter<long>)command.Parameters[3]).TypedValue = version + 1;
        ((NpgsqlParameter<DateTime>)command.Parameters[6]).TypedValue = DateTime.UtcNow;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (connection, command) in _callers)
        {
            await command.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
