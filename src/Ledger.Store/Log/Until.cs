using Ledger.Store.Releases;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Log;

/// <summary>How far a statement about streams looks: to a moment, or to the end of the log.</summary>
internal static class Until
{
    /// <summary>That an event <c>e</c> is not after the moment that the parameter of <see cref="Parameter"/> says.</summary>
    /// <param name="asOf">The moment; null for the present.</param>
    /// <param name="parameter">Its place, such as <c>$2</c>.</param>
    public static string Condition(AsOf? asOf, string parameter) => asOf is AsOf.Time ? $"e.timestamp <= {parameter}" : EventReader.UpTo(parameter);

    /// <summary>How many events the log had at a moment, asked once for the statement; more than it has now where the moment is a place that nothing has reached.</summary>
    /// <param name="asOf">The moment.</param>
    /// <param name="parameter">The place of <see cref="PlaceParameter"/>, such as <c>$2</c>.</param>
    public static string Place(AsOf asOf, string parameter) => asOf is AsOf.Time ? $"(select ledger_events_before({parameter}))" : parameter;

    /// <summary>The moment as its parameter.</summary>
    public static NpgsqlParameter PlaceParameter(AsOf asOf) => asOf switch
    {
        AsOf.Time time => new NpgsqlParameter<DateTime> { TypedValue = time.At.AddMicroseconds(1).UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        AsOf.Leaf leaf => new NpgsqlParameter<long> { TypedValue = leaf.Index + 1 },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The moment as a parameter.</summary>
    public static NpgsqlParameter Parameter(AsOf? asOf) => asOf switch
    {
        AsOf.Time time => new NpgsqlParameter<DateTime> { TypedValue = time.At.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        AsOf.Leaf leaf => new NpgsqlParameter<long> { TypedValue = leaf.Index + 1 },
        _ => new NpgsqlParameter<long> { TypedValue = long.MaxValue },
    };
}
