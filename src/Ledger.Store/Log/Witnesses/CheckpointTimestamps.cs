using Npgsql;

namespace Ledger.Store.Log.Witnesses;

/// <summary>Timestamps over checkpoints (RFC 3161), kept beside the seals. Thread-safe.</summary>
/// <param name="database">Connections that may read, and insert timestamps.</param>
public sealed class CheckpointTimestamps(NpgsqlDataSource database)
{
    /// <summary>Keeps a timestamp that was verified; one of that checkpoint that is there already stays.</summary>
    /// <param name="size">The size of the checkpoint's tree.</param>
    /// <param name="token">The authority's answer, over SHA-256 of the checkpoint as the log signed it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task AddAsync(long size, ReadOnlyMemory<byte> token, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("insert into ledger_timestamps (size, token) values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = size });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = token.ToArray() });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A checkpoint that has a timestamp, and that; null where there is none.</summary>
    /// <param name="size">The size of its tree; the newest that has one where null.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<(SignedCheckpoint Checkpoint, byte[] Token)?> FindAsync(long? size = null, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            """
            select s.size, s.checkpoint, t.token from ledger_timestamps t join ledger_seals s on s.size = t.size
            where t.size = coalesce($1, (select max(size) from ledger_timestamps))
            """);
        command.Parameters.Add(new NpgsqlParameter<long?> { TypedValue = size });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? (new SignedCheckpoint(reader.GetInt64(0), reader.GetString(1)), reader.GetFieldValue<byte[]>(2))
            : null;
    }
}
