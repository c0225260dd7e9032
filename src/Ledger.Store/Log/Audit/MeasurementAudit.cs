using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// Holds <c>ledger_measurements</c>, by which repeated measurements are known, against the events: one too many there would make a measurement
/// pass for recorded that is not.
/// </summary>
internal static class MeasurementAudit
{
    private const int ProblemsMax = 100;

    private const string Query =
        """
        select coalesce(w.stream_id, m.stream_id), m.stream_id is null, count(*)
        from ledger_measurements_of(1, (select coalesce(max(seq_id), 0) from mt_events)) w
        full join ledger_measurements m on m.stream_id = w.stream_id and m.identity = w.identity
        where m.stream_id is null or w.stream_id is null
        group by 1, 2 order by 1, 2 limit $1
        """;

    public static async Task CheckAsync(NpgsqlConnection connection, ProblemList problems, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand(
            "select to_regclass('ledger_measurements') is not null and to_regprocedure('ledger_measurements_of(bigint, bigint)') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not true)
        {
            problems.Add("measurements_missing", "what repeated measurements are known by is missing in the database");
            return;
        }

        await using var command = new NpgsqlCommand(Query, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ProblemsMax });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var (stream, count) = (reader.GetString(0), reader.GetInt64(2));
            if (reader.GetBoolean(1)) problems.Add("measurement_missing", $"{count} recorded measurements would not be known again", stream: stream);
            else problems.Add("measurement_unexpected", $"{count} measurements pass for recorded, which no event holds", stream: stream);
        }
    }
}
