using System.Net.Http.Headers;
using System.Text;
using Ledger.Integrity.Notes;
using Ledger.Server.GraphQL.Http;
using Ledger.Server.Hosting;
using Ledger.Server.Webhooks;
using Npgsql;

namespace Ledger.Server.Tests.Witnesses;

/// <summary>A server of its own, over a database of its own, that tells the outside world of its checkpoints many times a second.</summary>
internal sealed class WatchedServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static int s_databases;

    private readonly string _folder;
    private readonly string _owner;
    private readonly LedgerServer _server;

    private WatchedServer(LedgerServer server, string owner, string folder, string token)
    {
        (_server, _owner, _folder) = (server, owner, folder);
        Client = new HttpClient { BaseAddress = new UriBuilder(server.Address) { Host = "127.0.0.1" }.Uri };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public HttpClient Client { get; }

    public VerifierKey LogKey => _server.Store.VerifierKey;

    public Ledger.Store.LedgerStore Store => _server.Store;

    public static async Task<WatchedServer> StartAsync(
        RunningServer cluster, WitnessSettings? witnesses = null, WebhookSettings? webhooks = null, GraphQLSettings? graphql = null, TimeProvider? clock = null)
    {
        var owner = new NpgsqlConnectionStringBuilder(cluster.Server.Postgres!.ConnectionString) { Pooling = false };
        var database = $"watched_{Interlocked.Increment(ref s_databases)}";
        await using (var connection = new NpgsqlConnection(owner.ConnectionString))
        {
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand($"create database {database}", connection);
            await create.ExecuteNonQueryAsync();
        }

        owner.Database = database;
        var folder = Directory.CreateTempSubdirectory("ledger-watched-").FullName;
        var token = Path.Combine(folder, "admin.token");
        var server = await LedgerServer.StartAsync(
            new ServerSettings
            {
                OwnerConnectionString = owner.ConnectionString, DataDirectory = folder, AdminTokenFile = token, Port = 0,
                Witnesses = witnesses is null ? WitnessSettings.Nobody : witnesses with { Interval = TimeSpan.FromMilliseconds(50) }, Webhooks = webhooks ?? WebhookSettings.Nobody,
                GraphQL = graphql ?? GraphQLSettings.Default,
            },
            clock ?? TimeProvider.System, CancellationToken.None);
        return new WatchedServer(server, owner.ConnectionString, folder, (await File.ReadAllTextAsync(token)).Trim());
    }

    /// <summary>Changes the database as a superuser who goes round the triggers.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"set session_replication_role = replica; {sql}", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Appends something; the size of the log then.</summary>
    public async Task<long> AppendAsync()
    {
        var policy = RunningServer.Policy.Replace("name: standard", $"name: p{Guid.NewGuid():N}", StringComparison.Ordinal);
        var answer = await Client.PostAsync("v1/policies", new StringContent(policy, Encoding.UTF8, "application/yaml"));
        return (await answer.JsonAsync()).GetProperty("receipt").GetProperty("sequence").GetInt64();
    }

    /// <summary>Waits until <paramref name="look"/> finds something.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T?>> look)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await look() is { } found) return found;
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>The newest checkpoint of at least that size that the witness cosigned.</summary>
    public Task<VerifiedCheckpoint> WitnessedAsync(long size, VerifierKey witness) => EventuallyAsync(async () =>
    {
        var answer = await Client.GetAsync("v1/log/checkpoint/witnessed");
        if (!answer.IsSuccessStatusCode) return null;
        Checkpoint.Verify(await answer.Content.ReadAsByteArrayAsync(), LogKey.Name, LogKey, [witness], out var verified).IsValid.ShouldBeTrue();
        return verified!.Checkpoint.Size >= size ? verified : null;
    });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
