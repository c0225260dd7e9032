using System.Runtime.CompilerServices;
using Ledger.Store.Releases;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Log;

/// <summary>
/// Reads stretches of the log, however long, in memory that does not grow with them: rows are handed on as they arrive, and PostgreSQL waits for
/// whoever reads. What is in a stretch never changes, so no snapshot is held. Thread-safe.
/// </summary>
/// <param name="database">Connections that may read.</param>
public sealed class PeriodReads(NpgsqlDataSource database)
{
    private const int Batch = 64;

    /// <summary>How many of the first <paramref name="size"/> events were appended before a time: times never decrease along the log.</summary>
    public async Task<long> CountBeforeAsync(DateTimeOffset time, long size, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand("select timestamp < $2 from mt_events where seq_id = $1", connection);
        var sequence = new NpgsqlParameter<long>();
        command.Parameters.Add(sequence);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.UtcDateTime });
        await command.PrepareAsync(cancellation);

        var (before, notBefore) = (0L, size + 1);
        while (notBefore - before > 1)
        {
            sequence.TypedValue = before + ((notBefore - before) / 2);
            if (await command.ExecuteScalarAsync(cancellation) is not bool isBefore) throw new InvalidDataException($"event {sequence.TypedValue} is missing");
            if (isBefore) before = sequence.TypedValue;
            else notBefore = sequence.TypedValue;
        }

        return before;
    }

    /// <summary>The events from one place in the log to another, both included, in order.</summary>
    /// <param name="first">From 1.</param>
    /// <param name="last">Nothing is read where it is smaller than <paramref name="first"/>.</param>
    /// <param name="services">Only what <see cref="Domain.Events.StreamScope"/> lets those see who may see these services; null for everything.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<StoredEvent> EventsAsync(
        long first, long last, IReadOnlyCollection<string>? services = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = Command(
            connection,
            $"""
            select {EventReader.Columns} from mt_events e where e.seq_id between $1 and $2
            {(services is null ? "" : $"and {ScopeCondition.Of("e.stream_id", "$3")}")} order by e.seq_id
            """,
            first, last, services);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return EventReader.Read(reader);
    }

    /// <summary>The streams of the releases that have an event between two places in the log, in the order in which they were opened.</summary>
    /// <param name="first">From 1.</param>
    /// <param name="last">Included.</param>
    /// <param name="services">Of these services; null for all.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<string> ReleasesAsync(
        long first, long last, IReadOnlyCollection<string>? services = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = Command(
            connection,
            $"""
            select r.stream_id from ledger_releases r
            join (select distinct e.stream_id from mt_events e where e.seq_id between $1 and $2 and e.stream_id like 'release/%') p on p.stream_id = r.stream_id
            {(services is null ? "" : "where r.service = any($3)")} order by r.opened_sequence
            """,
            first, last, services);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return reader.GetString(0);
    }

    /// <summary>The events of streams, stream after stream as they come, each from its first event to a place in the log.</summary>
    /// <param name="streams">Read as their events are wanted.</param>
    /// <param name="last">The last place that is looked at.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<StoredEvent> HistoriesAsync(IAsyncEnumerable<string> streams, long last, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await foreach (var some in streams.Chunk(Batch).WithCancellation(cancellation))
        {
            await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
            foreach (var stream in some)
            {
                var command = new NpgsqlBatchCommand($"select {EventReader.Columns} from mt_events e where e.stream_id = $1 and {EventReader.UpTo("$2")} order by e.version");
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
                batch.BatchCommands.Add(command);
            }

            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            do
            {
                while (await reader.ReadAsync(cancellation)) yield return EventReader.Read(reader);
            }
            while (await reader.NextResultAsync(cancellation));
        }
    }

    /// <summary>Where in the log a period is, and the newest checkpoint that it can be held against. One statement.</summary>
    /// <param name="from">The period's beginning.</param>
    /// <param name="to">Its end, exclusively.</param>
    /// <param name="asOf">As the log was then; null for the present.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The index of its first leaf, that after its last one, and the checkpoint's size and note; null while the log is empty.</returns>
    public async Task<(long First, long End, long TreeSize, string Checkpoint)?> RangeAsync(DateTimeOffset from, DateTimeOffset to, AsOf? asOf = null, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"""
            select least(ledger_events_before($1), s.size), least(ledger_events_before($2), s.size), s.size, s.checkpoint from ledger_seals s
            {(asOf is null ? "" : $"where s.size <= {Until.Place(asOf, "$3")}")} order by s.size desc limit 1
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = from.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = to.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        if (asOf is not null) command.Parameters.Add(Until.PlaceParameter(asOf));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3)) : null;
    }

    /// <summary>How much there is between two places in the log. One statement, whose cost follows their distance.</summary>
    /// <param name="first">From 1.</param>
    /// <param name="last">Included.</param>
    /// <param name="services">Only what <see cref="Domain.Events.StreamScope"/> lets those see who may see these services counts; null for everything.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The events that count, the releases that they are of, and the events that do not.</returns>
    public async Task<(long Events, long Releases, long Others)> CountAsync(
        long first, long last, IReadOnlyCollection<string>? services = null, CancellationToken cancellation = default)
    {
        var counts = services is null ? "true" : ScopeCondition.Of("p.stream_id", "$3");
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = Command(
            connection,
            $"""
            select coalesce(sum(p.events) filter (where {counts}), 0)::bigint, count(*) filter (where p.stream_id like 'release/%' and {counts}), coalesce(sum(p.events) filter (where not {counts}), 0)::bigint
            from (select e.stream_id, count(*) as events from mt_events e where e.seq_id between $1 and $2 group by e.stream_id) p
            """,
            first, last, services);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, long first, long last, IReadOnlyCollection<string>? services)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
        if (services is not null) command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. services], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return command;
    }
}
