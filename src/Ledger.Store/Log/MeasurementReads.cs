using Ledger.Domain.Deployments;
using Ledger.Store.Releases;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Log;

/// <summary>Reads measurements of running releases out of the events that hold them, in the order in which they came in. Thread-safe.</summary>
/// <param name="database">Connections that may read.</param>
public sealed class MeasurementReads(NpgsqlDataSource database)
{
    /// <summary>The most measurements of one answer.</summary>
    public const int LimitMax = 1000;

    /// <summary>How many events are looked at for a page and no more, where the filter leaves some out.</summary>
    public const int LookedAtMax = 1000;

    /// <summary>A page of a release's measurements. One statement; it costs the same wherever in the release's stream it is.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">The place that the page begins after; null for the beginning, or the end.</param>
    /// <param name="before">The place that it ends before; null where nothing ends it.</param>
    /// <param name="descending">Whether the newest comes first.</param>
    /// <param name="limit">1 to <see cref="LimitMax"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public async Task<MeasurementPage> PageAsync(
        MeasurementFilter filter, MeasurementPlace? after, MeasurementPlace? before, bool descending, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LimitMax);
        var (low, high) = descending ? (before, after) : (after, before);
        var order = descending ? "desc" : "asc";

        // Every event holds a measurement. The page may begin behind the last of its first one, and one more than the page shows whether there is a next.
        var lookedAtMost = filter is { Metric: null, From: null, To: null } ? limit + 2 : LookedAtMax;
        await using var command = database.CreateCommand(
            $"""
            with looked as (
              select {EventReader.Columns} from mt_events e
              where {Events(filter)} and e.version >= $7 and e.version <= $9 order by e.version {order} limit $12)
            select l.events, l.last, m.place, e.*
            from (select count(*) as events, {(descending ? "min" : "max")}(version) as last from looked) l
            left join lateral (
              select k.seq_id, m.ordinality::int - 1 as place from looked k cross join lateral jsonb_array_elements(k.data -> 'measurements') with ordinality m (sample, ordinality)
              where {Samples} and (k.version, m.ordinality - 1) > ($7, $8) and (k.version, m.ordinality - 1) < ($9, $10)
              order by k.version {order}, m.ordinality {order} limit $11) m on true
            left join looked e on e.seq_id = m.seq_id
            order by e.version {order}, m.place {order}
            """);
        Add(command, filter);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = low?.Version ?? 0 });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = low?.Index ?? -1 });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = high?.Version ?? long.MaxValue });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = high?.Index ?? 0 });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = limit + 1 });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = lookedAtMost });

        var found = new List<StoredMeasurement>();
        IReadOnlyList<StoredMeasurement> held = [];
        var (events, last) = (0L, 0L);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            events = reader.GetInt64(0);
            if (events > 0) last = reader.GetInt64(1);
            if (reader.IsDBNull(2)) continue;
            if (held is not [var first, ..] || first.Event.Sequence != reader.GetInt64(3)) held = StoredMeasurement.Of(EventReader.Read(reader, 3));
            found.Add(held[reader.GetInt32(2)]);
        }

        if (found.Count > limit)
        {
            found.RemoveAt(limit);
            return new MeasurementPage(found, found[^1].Place);
        }

        // Where only so many events were looked at, the next page begins at the end of the last of them.
        return new MeasurementPage(found, events < lookedAtMost ? null : new MeasurementPlace(last, descending ? -1 : MeasureDecision.SamplesAtMost));
    }

    /// <summary>How many measurements a filter keeps. Its cost follows the number of the release's events.</summary>
    public async Task<long> CountAsync(MeasurementFilter filter, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"select count(*) from mt_events e cross join lateral jsonb_array_elements(e.data -> 'measurements') m (sample) where {Events(filter)} and {Samples}");
        Add(command, filter);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private const string Samples =
        "($4 is null or m.sample ->> 'metric' = $4) and ($5 is null or (m.sample ->> 'at')::timestamptz >= $5) and ($6 is null or (m.sample ->> 'at')::timestamptz < $6)";

    private static string Events(MeasurementFilter filter) =>
        $"e.stream_id = $1 and e.type = 'analysis_measured' and {(filter.AsOf is AsOf.Time ? "e.timestamp <= $2" : EventReader.UpTo("$3"))}";

    private static void Add(NpgsqlCommand command, MeasurementFilter filter)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = filter.Release.StreamKey });
        command.Parameters.Add(Time(filter.AsOf is AsOf.Time time ? time.At : null));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = filter.AsOf is AsOf.Leaf leaf ? leaf.Index + 1 : long.MaxValue });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)filter.Metric ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(Time(filter.From));
        command.Parameters.Add(Time(filter.To));
    }

    private static NpgsqlParameter Time(DateTimeOffset? time) => new() { Value = time is { } at ? at.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
