using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>The server's role <c>ledger_app</c> cannot change or remove what is in the log, by whichever way it might have got the right.</summary>
internal static class GrantAudit
{
    // Rights on the table or any of its columns, its own, of roles it is a member of, of everybody, or of a superuser.
    private const string Query =
        """
        select t.name, t.privilege
        from (values ('mt_events', 'UPDATE'), ('mt_events', 'DELETE'), ('mt_events', 'TRUNCATE'),
                     ('ledger_seals', 'UPDATE'), ('ledger_seals', 'DELETE'), ('ledger_seals', 'TRUNCATE'),
                     ('ledger_tiles', 'UPDATE'), ('ledger_tiles', 'DELETE'), ('ledger_tiles', 'TRUNCATE'),
                     ('ledger_evidence', 'UPDATE'), ('ledger_evidence', 'DELETE'), ('ledger_evidence', 'TRUNCATE'),
                     ('ledger_idempotency', 'UPDATE'), ('ledger_idempotency', 'DELETE'), ('ledger_idempotency', 'TRUNCATE'),
                     ('ledger_cosignatures', 'UPDATE'), ('ledger_cosignatures', 'DELETE'), ('ledger_cosignatures', 'TRUNCATE'),
                     ('ledger_timestamps', 'UPDATE'), ('ledger_timestamps', 'DELETE'), ('ledger_timestamps', 'TRUNCATE'),
                     ('ledger_event_places', 'UPDATE'), ('ledger_event_places', 'DELETE'), ('ledger_event_places', 'TRUNCATE'),
                     ('mt_streams', 'DELETE'), ('mt_streams', 'TRUNCATE')) as t (name, privilege), pg_roles r
        where r.rolname = 'ledger_app'
          and (has_table_privilege(r.oid, to_regclass(t.name), t.privilege)
               or (t.privilege = 'UPDATE' and has_any_column_privilege(r.oid, to_regclass(t.name), 'UPDATE')))
        order by 1, 2
        """;

    public static async Task CheckAsync(NpgsqlConnection connection, ProblemList problems, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("select exists (select from pg_roles where rolname = 'ledger_app')", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not true)
        {
            problems.Add("role_missing", "the role ledger_app is missing: under which rights the server works cannot be told");
            return;
        }

        await using var command = new NpgsqlCommand(Query, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            problems.Add("grant_excessive", $"the server's role ledger_app may {reader.GetString(1)} {reader.GetString(0)}; what is in the log could be changed under it");
    }
}
