using System.Globalization;
using System.Reflection;
using Ledger.Store.Embedded;
using Npgsql;

namespace Ledger.Store.Tests.Embedded;

/// <summary>
/// The cluster of a test run, under the temporary files. Its folder is used again by the next run, which saves the making of a cluster and stops a PostgreSQL
/// that a killed run left behind; databases and roles of earlier runs are dropped. Runs beside each other get folders of their own.
/// </summary>
internal static class ThrowawayCluster
{
    private const int FoldersMax = 16;

    /// <summary>The superuser's connection string. The cluster starts when it is first asked for and stops with the process.</summary>
    public static Lazy<Task<string>> Shared { get; } = new(() => Task.Run(StartAsync));

    /// <summary>Runs one statement as the superuser.</summary>
    public static async Task ExecuteAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> StartAsync()
    {
        var project = Assembly.GetExecutingAssembly().GetName().Name;
        var parent = Path.Combine(Path.GetTempPath(), $"ledger-tests-{Environment.UserName}");
        for (var folder = 0; ; folder++)
        {
            try
            {
                var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions
                {
                    DataDirectory = Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{project}-{folder}")),
                    StopTimeout = TimeSpan.Zero, // a test host is given no time to end in
                });
                AppDomain.CurrentDomain.ProcessExit += (_, _) => postgres.DisposeAsync().AsTask().GetAwaiter().GetResult();
                await DropLeftoversAsync(postgres.ConnectionString);
                return postgres.ConnectionString;
            }
            catch (EmbeddedPostgresException busy) when (busy.Failure == EmbeddedPostgresFailure.AlreadyRunning && folder < FoldersMax)
            {
                // Another run of these tests has this folder.
            }
        }
    }

    private static async Task DropLeftoversAsync(string connectionString)
    {
        const string Databases = "SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'";
        const string Roles = "SELECT format('DROP ROLE %I', rolname) FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> current_user";
        foreach (var query in new[] { Databases, Roles })
        {
            foreach (var statement in await ReadAsync(connectionString, query)) await ExecuteAsync(connectionString, statement);
        }
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(string connectionString, string query)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
