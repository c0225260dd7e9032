using System.Text;
using Ledger.Store.Releases;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Log;

/// <summary>
/// A page of events as a statement. The log has two indexes, its places and each stream's versions, and gets no more: it is written far more often than it is
/// searched. So a stream is read along its versions, and everything else along a window of the log, and whoever wants more asks on.
/// </summary>
internal sealed class EventQuery
{
    /// <summary>How many events are looked at for a page, where the filter leaves some out.</summary>
    public const long Window = 20_000;

    private readonly NpgsqlCommand _command;
    private readonly EventFilter _filter;
    private readonly bool _descending;
    private readonly int _limit;
    private readonly StringBuilder _sql = new();

    public EventQuery(NpgsqlCommand command, EventFilter filter, EventPlace? after, EventPlace? before, bool descending, int limit)
    {
        (_command, _filter, _descending, _limit) = (command, filter, descending, limit);
        if (filter.Stream is not null) OfStream(after, before);
        else OfLog(after, before);
        command.CommandText = _sql.ToString();
    }

    private EventQuery(NpgsqlCommand command, EventFilter filter) => (_command, _filter) = (command, filter);

    public static void Count(NpgsqlCommand command, EventFilter filter)
    {
        var query = new EventQuery(command, filter);
        command.CommandText = $"select count(*) from mt_events e where true{query.Conditions()}{query.Period("e.seq_id")}";
    }

    /// <summary>What was read, as a page.</summary>
    /// <param name="events">One more than the limit, where there is one.</param>
    /// <param name="end">Where the window ended, beyond which there is more; 0 where there is not.</param>
    public EventPage Page(List<StoredEvent> events, long end)
    {
        if (events.Count > _limit)
        {
            events.RemoveAt(_limit);
            return new EventPage(events, new EventPlace(events[^1].Sequence, events[^1].Version));
        }

        return new EventPage(events, end > 0 ? new EventPlace(end, 0) : null);
    }

    private void OfStream(EventPlace? after, EventPlace? before)
    {
        _sql.Append($"select 0::bigint, {EventReader.Columns} from mt_events e where true{Conditions()}{Period("e.seq_id")}");
        if (after is not null) _sql.Append($" and e.version {(_descending ? '<' : '>')} {Value(after.Version)}");
        if (before is not null) _sql.Append($" and e.version {(_descending ? '>' : '<')} {Value(before.Version)}");
        _sql.Append($" order by e.version{(_descending ? " desc" : "")} limit {Value(_limit + 1)}");
    }

    // What is between the bounds, from one end as far as the window goes. The window's end comes with every row, and alone where no row is kept.
    private void OfLog(EventPlace? after, EventPlace? before)
    {
        var (above, below) = _descending ? (before, after) : (after, before);
        var lower = $"greatest({Time(_filter.From, "0::bigint")}, {(above is null ? "0::bigint" : Value(above.Sequence))})";
        var upper = $"least({Time(_filter.To, "(select size from ledger_head)")}, {(below is null ? "(select size from ledger_head)" : $"{Value(below.Sequence)} - 1")})";
        var window = Value(_filter.KeepsAll ? _limit + 1 : Window);
        var (low, high, end) = _descending
            ? ($"greatest(w.low, w.high - {window})", "w.high", "case when b.low > w.low then b.low + 1 else 0 end")
            : ("w.low", $"least(w.high, w.low + {window})", "case when b.high < w.high then b.high else 0 end");
        var direction = _descending ? " desc" : "";
        _sql.Append(
            $"""
            with w as materialized (select {lower} as low, {upper} as high),
            b as materialized (select {low} as low, {high} as high from w)
            select {end}, n.* from w cross join b left join lateral (
              select {EventReader.Columns} from mt_events e where e.seq_id > b.low and e.seq_id <= b.high{Conditions()} order by e.seq_id{direction} limit {Value(_limit + 1)}) n on true
            order by n.seq_id{direction}
            """);
    }

    private string Conditions()
    {
        var conditions = new StringBuilder();
        if (_filter.Stream is { } stream) conditions.Append($" and e.stream_id = {Value(stream)}");
        if (_filter.Types.Count > 0) conditions.Append($" and e.type = any({Value(_filter.Types)})");
        if (_filter.Actor is { } actor) conditions.Append($" and e.headers -> 'actor' ->> 'id' = {Value(actor)}");
        if (_filter.Services is { } services) conditions.Append($" and {ScopeCondition.Of("e.stream_id", Value(services))}");
        conditions.Append(_filter.AsOf switch
        {
            null => "",
            AsOf.Time time => $" and e.timestamp <= {Add(new NpgsqlParameter<DateTime> { TypedValue = time.At.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz })}",
            AsOf.Leaf leaf => $" and e.seq_id <= {Value(leaf.Index + 1)}",
            _ => throw new System.Diagnostics.UnreachableException(),
        });
        return conditions.ToString();
    }

    private string Period(string column) =>
        (_filter.From is null ? "" : $" and {column} > {Time(_filter.From, "")}") + (_filter.To is null ? "" : $" and {column} <= {Time(_filter.To, "")}");

    // How many events come before a time, asked once for the statement.
    private string Time(DateTimeOffset? time, string otherwise) =>
        time is { } at ? $"(select ledger_events_before({Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz })}))" : otherwise;

    private string Value(long value) => Add(new NpgsqlParameter<long> { TypedValue = value });

    private string Value(string value) => Add(new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Varchar });

    private string Value(IReadOnlyList<string> values) => Add(new NpgsqlParameter<string[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });

    private string Add(NpgsqlParameter parameter)
    {
        _command.Parameters.Add(parameter);
        return $"${_command.Parameters.Count}";
    }
}
