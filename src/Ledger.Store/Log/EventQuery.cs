using System.Text;
using Ledger.Store.Projections;
using Ledger.Store.Releases;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Log;

/// <summary>
/// A page of events as a statement. The log has two indexes, its places and each stream's versions, and gets no more: it is written far more often than it is
/// searched. A stream is read along its versions, a stretch of the log along its places, and what is few among many by <c>ledger_event_places</c>.
/// </summary>
internal sealed class EventQuery
{
    /// <summary>How many blocks of 1,024 events are looked at for a page: more than any log has that one primary holds, and less than a question may take.</summary>
    public const long BlocksMax = 100_000;

    private readonly NpgsqlCommand _command;
    private readonly EventFilter _filter;
    private readonly bool _descending;
    private readonly int _limit;

    public EventQuery(NpgsqlCommand command, EventFilter filter, EventPlace? after, EventPlace? before, bool descending, int limit)
    {
        (_command, _filter, _descending, _limit) = (command, filter, descending, limit);
        command.CommandText = filter.Stream is not null ? OfStream(after, before) : filter.KeepsAll ? OfLog(after, before) : Found(after, before);
    }

    private EventQuery(NpgsqlCommand command, EventFilter filter) => (_command, _filter) = (command, filter);

    public static void Count(NpgsqlCommand command, EventFilter filter)
    {
        var query = new EventQuery(command, filter);
        command.CommandText = filter.Stream is not null
            ? $"select count(*) from mt_events e where true{query.StreamConditions()}"
            : filter.KeepsAll
                ? $"select greatest(0, {query.Upper(null)} - {query.Lower(null)})"
                : $"select coalesce(sum(bit_count(f.places)), 0)::bigint from {query.Places(null, null, "null", "null")} f";
    }

    /// <summary>What was read, as a page.</summary>
    /// <param name="events">One more than the limit, where there is one.</param>
    /// <param name="end">The block that was not looked at any more; -1 where none was left.</param>
    public EventPage Page(List<StoredEvent> events, long end)
    {
        if (events.Count > _limit)
        {
            events.RemoveAt(_limit);
            return new EventPage(events, new EventPlace(events[^1].Sequence, events[^1].Version));
        }

        return new EventPage(events, end < 0 ? null : new EventPlace(_descending ? ((end + 1) * EventPlaces.BlockEvents) + 1 : end * EventPlaces.BlockEvents, 0));
    }

    private string Direction => _descending ? " desc" : "";

    private string OfStream(EventPlace? after, EventPlace? before)
    {
        var sql = new StringBuilder($"select -1::bigint, {EventReader.Columns} from mt_events e where true{StreamConditions()}");
        if (after is not null) sql.Append($" and e.version {(_descending ? '<' : '>')} {Value(after.Version)}");
        if (before is not null) sql.Append($" and e.version {(_descending ? '>' : '<')} {Value(before.Version)}");
        return sql.Append($" order by e.version{Direction} limit {Value(_limit + 1)}").ToString();
    }

    private string OfLog(EventPlace? after, EventPlace? before)
    {
        var (above, below) = _descending ? (before, after) : (after, before);
        return $"select -1::bigint, {EventReader.Columns} from mt_events e where e.seq_id > {Lower(above)} and e.seq_id <= {Upper(below)} order by e.seq_id{Direction} limit {Value(_limit + 1)}";
    }

    // What ends the looking comes with every row, and alone where nothing was found.
    private string Found(EventPlace? after, EventPlace? before)
    {
        var (above, below) = _descending ? (before, after) : (after, before);
        var limit = Value(_limit + 1);
        return $"""
            with f as materialized (select f.block, f.places from {Places(above, below, limit, Value(BlocksMax))} f)
            select coalesce((select f.block from f where f.places is null), -1), n.* from (select 1) one left join lateral (
              select {EventReader.Columns} from (
                select q.sequence from f cross join lateral ledger_sequences_of(f.block, f.places) q (sequence) where f.places is not null order by q.sequence{Direction} limit {limit}) s
              cross join lateral (select * from mt_events m where m.seq_id = s.sequence) e) n on true
            order by n.seq_id{Direction}
            """;
    }

    private string Places(EventPlace? above, EventPlace? below, string wanted, string blocksMax)
    {
        var types = _filter.Types.Count > 0 ? Value(_filter.Types) : "null";
        var actors = _filter.Actor is { } actor ? Value([actor]) : "null";
        var services = _filter.Services is { } some ? Value([.. some, ""]) : "null";
        return $"ledger_find_events({types}, {actors}, {services}, {Lower(above)}, {Upper(below)}, {(_descending ? "true" : "false")}, {wanted}, {blocksMax})";
    }

    private string StreamConditions()
    {
        var conditions = new StringBuilder($" and e.stream_id = {Value(_filter.Stream!)}");
        if (_filter.Types.Count > 0) conditions.Append($" and e.type = any({Value(_filter.Types)})");
        if (_filter.Actor is { } actor) conditions.Append($" and e.headers -> 'actor' ->> 'id' = {Value(actor)}");
        if (_filter.Services is { } services) conditions.Append($" and {ScopeCondition.Of("e.stream_id", Value(services))}");
        if (_filter.From is { } from) conditions.Append($" and e.timestamp >= {Value(from)}");
        if (_filter.To is { } to) conditions.Append($" and e.timestamp < {Value(to)}");
        conditions.Append(_filter.AsOf switch
        {
            null => "",
            AsOf.Time time => $" and e.timestamp <= {Value(time.At)}",
            AsOf.Leaf leaf => $" and {EventReader.UpTo(Value(leaf.Index + 1))}",
            _ => throw new System.Diagnostics.UnreachableException(),
        });
        return conditions.ToString();
    }

    // The bounds of the log that are looked between, each asked once for the statement: after the one, up to the other.
    private string Lower(EventPlace? above) => Bound("greatest", "0::bigint", _filter.From is { } from ? Before(from) : null, above is null ? null : Value(above.Sequence));

    private string Upper(EventPlace? below) => Bound(
        "least",
        "(select size from ledger_head)",
        _filter.To is { } to ? Before(to) : null,
        below is null ? null : $"{Value(below.Sequence)} - 1",
        _filter.AsOf switch
        {
            null => null,
            AsOf.Time time => Before(time.At.AddMicroseconds(1)),
            AsOf.Leaf leaf => Value(leaf.Index + 1),
            _ => throw new System.Diagnostics.UnreachableException(),
        });

    private static string Bound(string function, params ReadOnlySpan<string?> bounds) => $"{function}({string.Join(", ", bounds.ToArray().OfType<string>())})";

    private string Before(DateTimeOffset at) => $"(select ledger_events_before({Value(at)}))";

    private string Value(DateTimeOffset value) => Add(new NpgsqlParameter<DateTime> { TypedValue = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });

    private string Value(long value) => Add(new NpgsqlParameter<long> { TypedValue = value });

    private string Value(string value) => Add(new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Varchar });

    private string Value(IReadOnlyList<string> values) => Add(new NpgsqlParameter<string[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

    private string Add(NpgsqlParameter parameter)
    {
        _command.Parameters.Add(parameter);
        return $"${_command.Parameters.Count}";
    }
}
