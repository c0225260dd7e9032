using Ledger.Store.Migrations;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>Holds <c>ledger_migrations</c> against the schema files that this build carries: each applied as it is here, and no other.</summary>
internal static class MigrationAudit
{
    public static async Task CheckAsync(NpgsqlConnection connection, ProblemList problems, CancellationToken cancellation)
    {
        var applied = await AppliedAsync(connection, cancellation);
        foreach (var (name, sql) in Migrator.Files())
        {
            if (!applied.Remove(name, out var digest)) problems.Add("migration_missing", $"the schema file {name} was not applied to the database");
            else if (digest != Migrator.DigestOf(sql)) problems.Add("migration_differs", $"the schema file {name} that was applied is not the one of this build");
        }

        foreach (var name in applied.Keys.Order(StringComparer.Ordinal))
            problems.Add("migration_unknown", $"the schema file {name} was applied to the database; this build does not have it");
    }

    // A query for a table that is not there would end the snapshot.
    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var exists = new NpgsqlCommand("select to_regclass('ledger_migrations') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not true) return applied;

        await using var command = new NpgsqlCommand("select name, sha256 from ledger_migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) applied.Add(reader.GetString(0), reader.GetString(1));
        return applied;
    }
}
