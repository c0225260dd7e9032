using Ledger.Domain.Releases;
using Ledger.Store.Log;
using Ledger.Store.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Migrations;

/// <summary>Folds every deployment anew from its events, where a build folds them otherwise than the one before. Part of the migration that says so.</summary>
internal static class DeploymentRefold
{
    public static async Task RunAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        foreach (var (stream, state) in await FoldAsync(connection, cancellation))
        {
            var change = DeploymentProjection.Change(null, state)!;
            await using var update = new NpgsqlCommand("update ledger_deployments set terms = $2, state = $3, due_at = $4, deadline = $5 where stream_id = $1", connection);
            update.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
            update.Parameters.Add(new NpgsqlParameter { Value = (object?)change.Terms ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb });
            update.Parameters.Add(new NpgsqlParameter { Value = (object?)change.State ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb });
            update.Parameters.Add(new NpgsqlParameter { Value = (object?)change.DueAt?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
            update.Parameters.Add(new NpgsqlParameter { Value = (object?)change.Deadline ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            await update.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static async Task<Dictionary<string, ReleaseState>> FoldAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select {EventReader.Columns} from mt_events e where e.stream_id in (select d.stream_id from ledger_deployments d where d.state is not null) order by e.stream_id, e.version", connection)
        {
            CommandTimeout = 0,
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var states = new Dictionary<string, ReleaseState>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            var stored = EventReader.Read(reader);
            states[stored.Stream] = ReleaseFold.Evolve(states.GetValueOrDefault(stored.Stream), stored.Recorded<ReleaseEvent>());
        }

        return states;
    }
}
