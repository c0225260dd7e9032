using Npgsql;

namespace Ledger.Store.Log;

/// <summary>Reads rows of <c>mt_events</c>, called <c>e</c> in the query.</summary>
internal static class EventReader
{
    public const string Columns = "e.seq_id, e.id, e.stream_id, e.version, e.type, e.timestamp, e.data, coalesce(e.headers, 'null'::jsonb) as headers";
    public const int Count = 8;

    /// <summary>
    /// That an event is no further in the log than a parameter says, for a question about streams. As a sum the place is answered by no index:
    /// without statistics the planner would read the log's whole one to learn what a stream has.
    /// </summary>
    public static string UpTo(string parameter) => $"e.seq_id + 0 <= {parameter}";

    /// <summary>The event whose columns start at <paramref name="first"/>.</summary>
    public static StoredEvent Read(NpgsqlDataReader reader, int first = 0) => new(
        reader.GetInt64(first),
        reader.GetGuid(first + 1),
        reader.GetString(first + 2),
        reader.GetInt64(first + 3),
        reader.GetString(first + 4),
        new DateTimeOffset(reader.GetDateTime(first + 5)),
        reader.GetFieldValue<byte[]>(first + 6),
        reader.GetFieldValue<byte[]>(first + 7));
}
