using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Log;

/// <summary>Reads events, by their place in the log or along a stream. Thread-safe.</summary>
/// <param name="database">Connections that may read.</param>
public sealed class EventReads(NpgsqlDataSource database)
{
    /// <summary>The most events of one answer.</summary>
    public const int LimitMax = 1000;

    /// <summary>The event at a place in the log, from 1; null where there is none.</summary>
    public async Task<StoredEvent?> FindAsync(long sequence, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand($"select {EventReader.Columns} from mt_events e where e.seq_id = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = sequence });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? EventReader.Read(reader) : null;
    }

    /// <summary>A stream's events in order, those after a version.</summary>
    /// <param name="streamKey">The stream.</param>
    /// <param name="afterVersion">0 for the beginning; the version of the last event of the page before.</param>
    /// <param name="limit">1 to <see cref="LimitMax"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>At most as many as <paramref name="limit"/>; none when there is no such stream, or nothing after that version.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public async Task<IReadOnlyList<StoredEvent>> StreamAsync(string streamKey, long afterVersion, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LimitMax);
        await using var command = database.CreateCommand(
            $"select {EventReader.Columns} from mt_events e where e.stream_id = $1 and e.version > $2 order by e.version limit $3");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = streamKey });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = afterVersion });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await ReadAsync(command, cancellation);
    }

    /// <summary>All events of some streams, in the order of the log: what a chain of sign-offs is verified over.</summary>
    /// <param name="streamKeys">The streams.</param>
    /// <param name="upTo">The last place in the log that is looked at; null for everything.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<StoredEvent>> StreamsAsync(IReadOnlyCollection<string> streamKeys, long? upTo = null, CancellationToken cancellation = default)
    {
        if (streamKeys.Count == 0) return [];

        // As a sum no index answers the place: without statistics the planner would read the log's whole index.
        await using var command = database.CreateCommand(
            $"select {EventReader.Columns} from mt_events e where e.stream_id = any($1) and e.seq_id + 0 <= $2 order by e.seq_id");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. streamKeys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo ?? long.MaxValue });
        return await ReadAsync(command, cancellation);
    }

    private static async Task<IReadOnlyList<StoredEvent>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync(cancellation)) events.Add(EventReader.Read(reader));
        return events;
    }
}
