using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Ledger.Store.Migrations;

/// <summary>
/// Applies <c>schema/postgres/*.sql</c> in order, each once and in a transaction of its own. A released file is never edited: its digest is
/// kept, and a file that differs from what was applied is refused.
/// </summary>
public static class Migrator
{
    // Two servers that start at once apply the schema one after the other.
    private const long LockKey = 0x4C45_4447_4552; // "LEDGER"

    // What a file has done that SQL cannot do.
    private static readonly Dictionary<string, Func<NpgsqlConnection, CancellationToken, Task>> Programs = new(StringComparer.Ordinal)
    {
        ["0016_deployments_folded_anew.sql"] = DeploymentRefold.RunAsync,
    };

    private const string HistoryTable =
        """
        create table if not exists ledger_migrations (
          name text not null primary key, sha256 text not null, applied_at timestamptz not null default now())
        """;

    /// <summary>Brings the database up to the schema of this build.</summary>
    /// <param name="connectionString">Of a role that owns the database.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <returns>The files applied now, in order.</returns>
    /// <exception cref="InvalidOperationException">An applied file is not the one of this build, or the database is of a newer build.</exception>
    public static async Task<IReadOnlyList<string>> ApplyAsync(string connectionString, CancellationToken cancellation = default)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancellation);
        try
        {
            await ExecuteAsync(connection, HistoryTable, cancellation);
            var applied = await AppliedAsync(connection, cancellation);
            var files = Files();
            Verify(applied, files);

            var now = new List<string>();
            foreach (var (name, sql) in files.Where(file => !applied.ContainsKey(file.Name)))
            {
                await ApplyOneAsync(connection, name, sql, cancellation);
                now.Add(name);
            }

            return now;
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private static async Task ApplyOneAsync(NpgsqlConnection connection, string name, string sql, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, sql, cancellation);
        if (Programs.TryGetValue(name, out var program)) await program(connection, cancellation);
        await using var record = new NpgsqlCommand("insert into ledger_migrations (name, sha256) values ($1, $2)", connection);
        record.Parameters.AddWithValue(name);
        record.Parameters.AddWithValue(DigestOf(sql));
        await record.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static void Verify(Dictionary<string, string> applied, IReadOnlyList<(string Name, string Sql)> files)
    {
        foreach (var (name, digest) in applied)
        {
            var sql = files.FirstOrDefault(file => file.Name == name).Sql
                ?? throw new InvalidOperationException($"the database has the schema of a newer build: {name} is unknown here");
            if (DigestOf(sql) != digest)
                throw new InvalidOperationException($"{name} differs from what was applied to this database; a released schema file is never edited");
        }
    }

    /// <summary>The schema that this build carries, in the order in which it is applied.</summary>
    internal static IReadOnlyList<(string Name, string Sql)> Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name, Read(assembly, name)))];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand("select name, sha256 from ledger_migrations order by name", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) applied.Add(reader.GetString(0), reader.GetString(1));
        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        // A file may fill a table from the whole log, and another server may be at it: either takes as long as it takes.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What <c>ledger_migrations</c> keeps of a file.</summary>
    internal static string DigestOf(string sql) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
}
