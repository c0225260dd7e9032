using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>Holds <c>ledger_terms</c>, by which releases are found, against what the events bring: a release that a search passes over is as good as hidden.</summary>
internal static class TermAudit
{
    private const int ProblemsMax = 100;

    private const string Query =
        """
        select coalesce(w.kind, t.kind), coalesce(w.value, t.value), coalesce(w.release, t.release), t.kind is null, w.kind is null, r.stream_id
        from ledger_terms_of(1, (select coalesce(max(seq_id), 0) from mt_events)) w
        full join ledger_terms t on t.kind = w.kind and t.value = w.value and t.release = w.release and t.sequence = w.sequence
        left join ledger_releases r on r.opened_sequence = coalesce(w.release, t.release)
        where t.kind is null or w.kind is null
        order by 3, 1, 2 limit $1
        """;

    public static async Task CheckAsync(NpgsqlConnection connection, ProblemList problems, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('ledger_terms') is not null and to_regprocedure('ledger_terms_of(bigint, bigint)') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not true)
        {
            problems.Add("terms_missing", "what releases are found by is missing in the database");
            return;
        }

        await using var command = new NpgsqlCommand(Query, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ProblemsMax });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var term = $"'{reader.GetString(0)}' '{reader.GetString(1)}'";
            var stream = reader.IsDBNull(5) ? null : reader.GetString(5);
            if (reader.GetBoolean(3)) problems.Add("term_missing", $"the release cannot be found by its {term}", stream: stream);
            else problems.Add("term_unexpected", $"the release opened by event {reader.GetInt64(2)} is found by {term}, which no event brings there", stream: stream);
        }
    }
}
