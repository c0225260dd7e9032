using Ledger.Store.Releases;
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
        await using var command = database.CreateCommand(
            $"select {EventReader.Columns} from mt_events e where e.stream_id = any($1) and {EventReader.UpTo("$2")} order by e.seq_id");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. streamKeys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo ?? long.MaxValue });
        return await ReadAsync(command, cancellation);
    }

    /// <summary>The events at some places in the log, in order; those that are there.</summary>
    public async Task<IReadOnlyList<StoredEvent>> FindAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellation = default)
    {
        if (sequences.Count == 0) return [];
        await using var command = database.CreateCommand($"select {EventReader.Columns} from mt_events e where e.seq_id = any($1) order by e.seq_id");
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. sequences] });
        return await ReadAsync(command, cancellation);
    }

    /// <summary>The events at some places in their streams, in the order of the log; those that are there.</summary>
    public async Task<IReadOnlyList<StoredEvent>> FindAtAsync(IReadOnlyCollection<(string Stream, long Version)> places, CancellationToken cancellation = default)
    {
        if (places.Count == 0) return [];
        await using var command = database.CreateCommand(
            $"select {EventReader.Columns} from unnest($1, $2) k (stream, version) join mt_events e on e.stream_id = k.stream and e.version = k.version order by e.seq_id");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. places.Select(place => place.Stream)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. places.Select(place => place.Version)] });
        return await ReadAsync(command, cancellation);
    }

    /// <summary>
    /// The first or the last events of some streams, in the order of the log. One more than the limit comes back of a stream that has more, so that it shows. One statement.
    /// </summary>
    /// <param name="streamKeys">The streams.</param>
    /// <param name="types">Only of these kinds; empty for all.</param>
    /// <param name="asOf">As the log was then; null for the present.</param>
    /// <param name="newest">Whether the last are wanted.</param>
    /// <param name="limit">For each stream.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<StoredEvent>> OfEachAsync(
        IReadOnlyCollection<string> streamKeys, IReadOnlyCollection<string> types, AsOf? asOf, bool newest, int limit, CancellationToken cancellation = default)
    {
        if (streamKeys.Count == 0) return [];
        await using var command = database.CreateCommand(
            $"""
            select n.* from unnest($1) s (id)
            cross join lateral (
              select {EventReader.Columns} from mt_events e
              where e.stream_id = s.id and (cardinality($2) = 0 or e.type = any($2)) and {Until.Condition(asOf, "$3")} order by e.version {(newest ? "desc" : "")} limit $4) n
            order by n.seq_id
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. streamKeys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. types], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(Until.Parameter(asOf));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
        return await ReadAsync(command, cancellation);
    }

    /// <summary>A page of events in the order of the log, or against it. It costs the same wherever in the log it is.</summary>
    /// <param name="filter">Which events.</param>
    /// <param name="after">The place that it begins after; null for the log's beginning, or its end.</param>
    /// <param name="before">The place that it ends before; null where nothing ends it.</param>
    /// <param name="descending">Whether the newest comes first.</param>
    /// <param name="limit">1 to <see cref="LimitMax"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public async Task<EventPage> PageAsync(EventFilter filter, EventPlace? after, EventPlace? before, bool descending, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LimitMax);
        await using var command = database.CreateCommand();
        var query = new EventQuery(command, filter, after, before, descending, limit);
        var events = new List<StoredEvent>();
        var end = -1L;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            end = reader.GetInt64(0);
            if (!reader.IsDBNull(1)) events.Add(EventReader.Read(reader, 1));
        }

        return query.Page(events, end);
    }

    /// <summary>How many events a filter keeps. Its cost follows the number of blocks of 1,024 events that are looked at.</summary>
    public async Task<long> CountAsync(EventFilter filter, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand();
        EventQuery.Count(command, filter);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>How many events each of some streams has. One statement, whose cost follows their lengths.</summary>
    /// <param name="streamKeys">The streams.</param>
    /// <param name="types">Only of these kinds; empty for all.</param>
    /// <param name="asOf">As the log was then; null for the present.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>By stream; 0 for one that is not there.</returns>
    public async Task<IReadOnlyDictionary<string, long>> CountOfEachAsync(
        IReadOnlyCollection<string> streamKeys, IReadOnlyCollection<string> types, AsOf? asOf, CancellationToken cancellation = default)
    {
        var counts = streamKeys.Distinct(StringComparer.Ordinal).ToDictionary(stream => stream, _ => 0L, StringComparer.Ordinal);
        await using var command = database.CreateCommand(
            $"select e.stream_id, count(*) from mt_events e where e.stream_id = any($1) and (cardinality($2) = 0 or e.type = any($2)) and {Until.Condition(asOf, "$3")} group by e.stream_id");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. counts.Keys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. types], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(Until.Parameter(asOf));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) counts[reader.GetString(0)] = reader.GetInt64(1);
        return counts;
    }

    /// <summary>The number of events.</summary>
    public async Task<long> SizeAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select size from ledger_head");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<IReadOnlyList<StoredEvent>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync(cancellation)) events.Add(EventReader.Read(reader));
        return events;
    }
}
