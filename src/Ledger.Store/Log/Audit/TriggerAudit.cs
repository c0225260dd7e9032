using Ledger.Store.Migrations;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// The triggers that refuse changes are there, fire, and do what the schema says. One that is not, says nothing of what is in the log: it
/// says that somebody with every right has opened a way into it.
/// </summary>
internal static class TriggerAudit
{
    // pg_trigger.tgtype, PostgreSQL's catalog/pg_trigger.h; for each statement, not each row.
    private const int Before = 2, Insert = 4, Delete = 8, Update = 16, Truncate = 32;

    private const string Query =
        """
        select t.tgtype::int, t.tgenabled::text, t.tgqual is not null or t.tgattr <> '', p.proname, p.prosrc
        from pg_trigger t join pg_proc p on p.oid = t.tgfoid
        where t.tgrelid = to_regclass($1) and t.tgname = $2
        """;

    private static readonly (string Table, string Trigger, string Function, int Type)[] Expected =
    [
        ("mt_events", "ledger_append_only", "ledger_refuse_change", Before | Update | Delete | Truncate),
        ("ledger_seals", "ledger_append_only", "ledger_refuse_change", Before | Update | Delete | Truncate),
        ("ledger_tiles", "ledger_append_only", "ledger_refuse_change", Before | Update | Delete | Truncate),
        ("ledger_evidence", "ledger_append_only", "ledger_refuse_change", Before | Update | Delete | Truncate),
        ("ledger_idempotency", "ledger_append_only", "ledger_refuse_change", Before | Update | Delete | Truncate),
        ("ledger_cosignatures", "ledger_append_only", "ledger_refuse_change", Before | Update | Delete | Truncate),
        ("ledger_timestamps", "ledger_append_only", "ledger_refuse_change", Before | Update | Delete | Truncate),
        ("ledger_event_places", "ledger_append_only", "ledger_refuse_change", Before | Update | Delete | Truncate),
        ("mt_streams", "ledger_append_only", "ledger_refuse_change", Before | Delete | Truncate),
        ("mt_events", "ledger_sealed", "ledger_require_seal", Insert),
        ("mt_events", "ledger_event_places", "ledger_fill_event_places", Insert),
    ];

    public static async Task CheckAsync(NpgsqlConnection connection, ProblemList problems, CancellationToken cancellation)
    {
        foreach (var (table, trigger, function, type) in Expected)
        {
            await using var command = new NpgsqlCommand(Query, connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = trigger });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            if (!await reader.ReadAsync(cancellation)) problems.Add("trigger_missing", $"the trigger {trigger} on {table} is missing: nothing but rights protects the table");
            else if (reader.GetString(1) is not ("O" or "A")) problems.Add("trigger_disabled", $"the trigger {trigger} on {table} is switched off");
            else if (reader.GetInt32(0) != type || reader.GetBoolean(2) || reader.GetString(3) != function) problems.Add("trigger_changed", $"the trigger {trigger} on {table} is not the one of the schema");
            else if (!IsOfTheSchema(reader.GetString(4))) problems.Add("trigger_changed", $"the function {function} of the trigger {trigger} on {table} is not the one of the schema");
        }
    }

    private static bool IsOfTheSchema(string body) => Migrator.Files().Any(file => file.Sql.Contains($"$${body}$$", StringComparison.Ordinal));
}
