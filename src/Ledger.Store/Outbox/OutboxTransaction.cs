using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Outbox;

/// <summary>
/// What one holder of a lease writes at once: nothing, where the lease is another's by now. The receiver's row is locked first and by a
/// statement of its own, so that what follows sees everything that was written under the lock before. Deliveries share the lock, so that
/// they are committed together; following the log excludes them.
/// </summary>
internal sealed class OutboxTransaction : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch;
    private readonly OutboxLease _lease;

    public OutboxTransaction(NpgsqlDataSource database, OutboxLease lease, bool exclusive = false)
    {
        (_batch, _lease) = (database.CreateBatch(), lease);
        Add($"select sequence from ledger_outbox_receivers where name = $1 and epoch = $2 for {(exclusive ? "no key update" : "share")}");
    }

    /// <summary>A condition that every statement has: the lease, as parameters $1 and $2, is still the holder's.</summary>
    public const string IsHeld = "exists (select from ledger_outbox_receivers where name = $1 and epoch = $2)";

    /// <summary>Adds a statement; its own parameters start at $3.</summary>
    public void Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _lease.Receiver.Name });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _lease.Epoch });
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        _batch.BatchCommands.Add(command);
    }

    /// <summary>Commits.</summary>
    /// <returns>What the last statement answered, a number, or 0; null when the lease is another's, and nothing was written.</returns>
    public async Task<long?> CommitAsync(CancellationToken cancellation)
    {
        // A batch without a transaction around it is one: PostgreSQL commits at its end (extended query protocol, "Pipelining").
        await using var reader = await _batch.ExecuteReaderAsync(cancellation);
        var held = await reader.ReadAsync(cancellation);
        var last = 0L;
        while (await reader.NextResultAsync(cancellation))
            if (await reader.ReadAsync(cancellation)) last = reader.GetInt64(0);
        return held ? last : null;
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    public static NpgsqlParameter Number(long value) => new NpgsqlParameter<long> { TypedValue = value };

    public static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Texts(IReadOnlyList<string>? values) =>
        new() { Value = values is null ? DBNull.Value : values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public static NpgsqlParameter Time(DateTimeOffset? time) =>
        new() { Value = time is { } value ? value.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
