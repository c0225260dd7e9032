using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// Holds <c>ledger_inbox</c>, by which events that fit no release are found, against the events: one that is missing there, or passes for assigned, would
/// never be looked at.
/// </summary>
internal static class InboxAudit
{
    private const int ProblemsMax = 100;

    private const string Query =
        """
        with newest as (select coalesce(max(seq_id), 0) as sequence from mt_events),
        told as (
          select r.*, a.assigned
          from (select r.* from newest n cross join lateral ledger_inbox_received(1, n.sequence) r) r
          left join (select a.* from newest n cross join lateral ledger_inbox_assigned(1, n.sequence) a) a on a.sequence = r.sequence
        )
        select coalesce(t.sequence, i.sequence), i.sequence is null, t.sequence is null
        from told t full join ledger_inbox i on i.sequence = t.sequence
        where i.sequence is null or t.sequence is null
           or (i.stream_id, i.id, i.kind, i.assigned) is distinct from (t.stream_id, t.id, t.kind, t.assigned)
        order by 1 limit $1
        """;

    public static async Task CheckAsync(NpgsqlConnection connection, ProblemList problems, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('ledger_inbox') is not null and to_regprocedure('ledger_inbox_received(bigint, bigint)') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not true)
        {
            problems.Add("inbox_missing", "what events that fit no release are found by is missing in the database");
            return;
        }

        await using var command = new NpgsqlCommand(Query, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ProblemsMax });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var sequence = reader.GetInt64(0);
            if (reader.GetBoolean(1)) problems.Add("inbox_event_missing", "the event fits no release, and would not be found as such", sequence);
            else if (reader.GetBoolean(2)) problems.Add("inbox_event_unexpected", "something passes for an event that fits no release, and is none", sequence);
            else problems.Add("inbox_event_differs", "what is listed of the event that fits no release is not what the events say", sequence);
        }
    }
}
