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

    /// <summary>A page of each of some lists of measurements. One statement for all; a page costs the same wherever in its release's stream it is.</summary>
    /// <param name="slices">What is looked for, and where each page begins and ends.</param>
    /// <param name="asOf">The log as it was then; null for all of it.</param>
    /// <param name="descending">Whether the newest comes first.</param>
    /// <param name="limit">Of each page: 1 to <see cref="LimitMax"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>In the order of <paramref name="slices"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public async Task<IReadOnlyList<MeasurementPage>> PagesAsync(
        IReadOnlyList<MeasurementSlice> slices, AsOf? asOf, bool descending, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LimitMax);
        if (slices.Count == 0) return [];
        var order = descending ? "desc" : "asc";
        await using var command = database.CreateCommand(
            $"""
            select k.n, q.*
            from {Lists("low", "low_index", "high", "high_index", "most")}
            cross join lateral (
              with looked as (
                select {EventReader.Columns} from mt_events e
                where {Events(asOf)} and e.version >= k.low and e.version <= k.high order by e.version {order} limit k.most)
              select l.events, l.last, m.place, e.*
              from (select count(*) as events, {(descending ? "min" : "max")}(version) as last from looked) l
              left join lateral (
                select o.seq_id, m.ordinality::int - 1 as place from looked o cross join lateral jsonb_array_elements(o.data -> 'measurements') with ordinality m (sample, ordinality)
                where {Samples} and (o.version, m.ordinality - 1) > (k.low, k.low_index) and (o.version, m.ordinality - 1) < (k.high, k.high_index)
                order by o.version {order}, m.ordinality {order} limit {limit + 1}) m on true
              left join looked e on e.seq_id = m.seq_id) q
            order by k.n, q.version {order}, q.place {order}
            """);
        Add(command, [.. slices.Select(slice => slice.Filter)], asOf);
        var bounds = slices.Select(slice => descending ? (Low: slice.Before, High: slice.After) : (Low: slice.After, High: slice.Before)).ToList();
        Add(command, bounds.Select(bound => bound.Low?.Version ?? 0));
        Add(command, bounds.Select(bound => bound.Low?.Index ?? -1));
        Add(command, bounds.Select(bound => bound.High?.Version ?? long.MaxValue));
        Add(command, bounds.Select(bound => bound.High?.Index ?? 0));
        Add(command, slices.Select(slice => (long)LookedAtMost(slice.Filter, limit)));

        var found = slices.Select(_ => new List<StoredMeasurement>()).ToList();
        var looked = new (long Events, long Last)[slices.Count];
        IReadOnlyList<StoredMeasurement> held = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var list = (int)reader.GetInt64(0) - 1;
            looked[list] = (reader.GetInt64(1), reader.IsDBNull(2) ? 0 : reader.GetInt64(2));
            if (reader.IsDBNull(3)) continue;
            if (held is not [var first, ..] || first.Event.Sequence != reader.GetInt64(4)) held = StoredMeasurement.Of(EventReader.Read(reader, 4));
            found[list].Add(held[reader.GetInt32(3)]);
        }

        return [.. found.Select((measurements, list) => Page(measurements, looked[list], LookedAtMost(slices[list].Filter, limit), descending, limit))];
    }

    /// <summary>How many measurements each of some filters keeps. One statement; its cost follows the number of the releases' events.</summary>
    /// <returns>In the order of <paramref name="filters"/>.</returns>
    public async Task<IReadOnlyList<long>> CountsAsync(IReadOnlyList<MeasurementFilter> filters, AsOf? asOf, CancellationToken cancellation = default)
    {
        if (filters.Count == 0) return [];
        await using var command = database.CreateCommand(
            $"""
            select q.count
            from {Lists()}
            cross join lateral (
              select count(*) from mt_events e cross join lateral jsonb_array_elements(e.data -> 'measurements') m (sample) where {Events(asOf)} and {Samples}) q
            order by k.n
            """);
        Add(command, filters, asOf);
        var counts = new List<long>(filters.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) counts.Add(reader.GetInt64(0));
        return counts;
    }

    // $1 to $4 are the lists, side by side, $5 is the moment, and what else there is of each list follows.
    private static string Lists(params string[] others) =>
        $"unnest($1, $2, $3, $4{string.Concat(others.Select((_, i) => $", ${i + 6}"))}) with ordinality k (stream, metric, since, until{string.Concat(others.Select(other => $", {other}"))}, n)";

    private static string Events(AsOf? asOf) =>
        $"e.stream_id = k.stream and e.type = 'analysis_measured' and {Until.Condition(asOf, "$5")}";

    private const string Samples =
        "(k.metric is null or m.sample ->> 'metric' = k.metric) and (k.since is null or (m.sample ->> 'at')::timestamptz >= k.since) and (k.until is null or (m.sample ->> 'at')::timestamptz < k.until)";

    // Every event holds a measurement. The page may begin behind the last of its first one, and one more than the page shows whether there is a next.
    private static int LookedAtMost(MeasurementFilter filter, int limit) => filter is { Metric: null, From: null, To: null } ? limit + 2 : LookedAtMax;

    private static MeasurementPage Page(List<StoredMeasurement> found, (long Events, long Last) looked, int lookedAtMost, bool descending, int limit)
    {
        if (found.Count > limit)
        {
            found.RemoveAt(limit);
            return new MeasurementPage(found, found[^1].Place);
        }

        // Where only so many events were looked at, the next page begins at the end of the last of them.
        return new MeasurementPage(found, looked.Events < lookedAtMost ? null : new MeasurementPlace(looked.Last, descending ? -1 : MeasureDecision.SamplesAtMost));
    }

    private static void Add(NpgsqlCommand command, IReadOnlyList<MeasurementFilter> filters, AsOf? asOf)
    {
        Add(command, NpgsqlDbType.Varchar, filters.Select(filter => filter.Release.StreamKey));
        Add(command, NpgsqlDbType.Text, filters.Select(filter => filter.Metric));
        Add(command, NpgsqlDbType.TimestampTz, filters.Select(filter => filter.From?.UtcDateTime));
        Add(command, NpgsqlDbType.TimestampTz, filters.Select(filter => filter.To?.UtcDateTime));
        command.Parameters.Add(Until.Parameter(asOf));
    }

    private static void Add(NpgsqlCommand command, IEnumerable<long> values) => Add(command, NpgsqlDbType.Bigint, values);

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type });
}
