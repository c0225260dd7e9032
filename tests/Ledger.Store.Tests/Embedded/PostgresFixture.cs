using System.Globalization;
using Npgsql;

namespace Ledger.Store.Tests.Embedded;

/// <summary>
/// A real, durable PostgreSQL for tests: one cluster for the whole test run, and a fresh database for each fixture. Use it as
/// <c>IClassFixture&lt;PostgresFixture&gt;</c> (a database for each class) or in a collection; classes may run in parallel. Other test projects
/// link this file and <see cref="ThrowawayCluster"/>.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private static int _lastDatabase;
    private readonly List<string> _databases = [];
    private string? _connectionString;

    /// <summary>How the cluster's superuser connects to this fixture's own, empty database.</summary>
    public string ConnectionString => _connectionString ?? throw new InvalidOperationException("the fixture has not been initialised");

    /// <summary>Makes another empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var cluster = await ThrowawayCluster.Shared.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _lastDatabase)}");
        await ThrowawayCluster.ExecuteAsync(cluster, $"CREATE DATABASE {name}");
        lock (_databases) _databases.Add(name);
        return new NpgsqlConnectionStringBuilder(cluster) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    public async Task InitializeAsync() => _connectionString = await CreateDatabaseAsync();

    public async Task DisposeAsync()
    {
        var cluster = await ThrowawayCluster.Shared.Value;
        foreach (var name in _databases) await ThrowawayCluster.ExecuteAsync(cluster, $"DROP DATABASE {name} WITH (FORCE)");
    }
}
