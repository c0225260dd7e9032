using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>Holds <c>mt_streams</c> against what the events say: every stream once, each column as the writer leaves it.</summary>
internal static class StreamTableAudit
{
    private const string Query = "select id, coalesce(type, ''), coalesce(version, 0), timestamp, created, coalesce(tenant_id, ''), coalesce(is_archived, true) from mt_streams order by id";

    public static async Task CheckAsync(NpgsqlConnection connection, IReadOnlyDictionary<string, AuditedStream> streams, ProblemList problems, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Query, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetString(0);
            if (!streams.TryGetValue(id, out var stream) || stream.IsStored)
            {
                problems.Add("stream_unexpected", "there is a stream that no event belongs to", stream: id);
                continue;
            }

            stream.IsStored = true;
            if (Differing(reader, stream) is { } column) problems.Add("stream_differs", $"the stream's {column} is not what its events make it", stream: id);
        }

        foreach (var (id, stream) in streams)
            if (!stream.IsStored) problems.Add("stream_missing", "the stream of an event is missing", stream: id);
    }

    private static string? Differing(NpgsqlDataReader reader, AuditedStream stream)
    {
        if (stream.Aggregate is not null && reader.GetString(1) != stream.Aggregate.Name) return "type";
        if (reader.GetInt64(2) != stream.Version) return "version";
        if (stream.IsTimeKnown && !IsAt(reader, 3, stream.Updated)) return "timestamp";
        if (stream.Created is { } created && !IsAt(reader, 4, created)) return "created";
        if (reader.GetString(5) != "*DEFAULT*") return "tenant_id";
        return reader.GetBoolean(6) ? "is_archived" : null;
    }

    private static bool IsAt(NpgsqlDataReader reader, int column, DateTimeOffset time) =>
        !reader.IsDBNull(column) && reader.GetFieldValue<long>(column) == PostgresTime.Microseconds(time);
}
