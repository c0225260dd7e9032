using System.Net;
using Ledger.Exports.Bundles;
using Ledger.Exports.Periods;
using Ledger.Domain.Log;
using Ledger.Integrity.Keys;
using Ledger.Server.Auth;
using Ledger.Server.Auth.IdentityProviders;
using Ledger.Server.Deadlines;
using Ledger.Server.GraphQL.Http;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Subscriptions;
using Ledger.Server.Deployments;
using Ledger.Server.Events;
using Ledger.Server.Http;
using Ledger.Server.OpenApi;
using Ledger.Server.Releases;
using Ledger.Server.Sandboxes;
using Ledger.Server.Signers;
using Ledger.Server.SignOffs;
using Ledger.Server.Telemetry;
using Ledger.Server.Webhooks;
using Ledger.Server.Watches;
using Ledger.Server.Witnesses;
using Ledger.Store;
using Ledger.Store.Embedded;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;
using Serilog.Extensions.Logging;

namespace Ledger.Server.Hosting;

/// <summary>
/// The server with everything it stands on, started from the ground up and stopped from the top down: no more requests, then the sequencer's
/// last group, then the database.
/// </summary>
internal sealed class LedgerServer : IAsyncDisposable
{
    private static readonly TimeSpan DatabasePatience = TimeSpan.FromMinutes(1);

    private readonly Stack<IAsyncDisposable> _below;
    private readonly WebApplication _web;

    private LedgerServer(WebApplication web, Stack<IAsyncDisposable> below, DataDirectory data, LedgerStore store, EmbeddedPostgres? postgres)
    {
        (_web, _below, Data, Store, Postgres) = (web, below, data, store, postgres);
        Address = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    public DataDirectory Data { get; }

    public LedgerStore Store { get; }

    /// <summary>The database it brought along; null where it was given one.</summary>
    public EmbeddedPostgres? Postgres { get; }

    /// <summary>Starts everything.</summary>
    /// <exception cref="InvalidDataException">What is stored is not what this server may stand on; the message says why.</exception>
    /// <exception cref="EmbeddedPostgresException">The embedded PostgreSQL cannot run.</exception>
    /// <exception cref="NpgsqlException">The database did not answer for a minute.</exception>
    public static async Task<LedgerServer> StartAsync(ServerSettings settings, TimeProvider clock, CancellationToken cancellation)
    {
        var below = new Stack<IAsyncDisposable>();
        try
        {
            var data = new DataDirectory(settings.DataDirectory);
            var origin = OriginOf(settings, data);
            var logs = Logging.Create(settings.LogLevel);
            below.Push(new Disposal(logs));
            if (OpenTelemetryExport.Start() is { } export) below.Push(new Disposal(export));
            var logger = logs.CreateLogger("Ledger.Server");

            var key = LogKey.LoadOrMake(settings.KeyFile ?? data.LogKey, logger);
            below.Push(new Disposal(key));
            EmbeddedPostgres? postgres = null;
            if (settings.IsLocal)
            {
                postgres = await EmbeddedPostgres.StartAsync(
                    new EmbeddedPostgresOptions { DataDirectory = data.Postgres, Log = line => logger.Postgres(line) }, cancellation);
                below.Push(postgres);
            }

            var store = await StartStoreAsync(settings, data, origin, key, postgres, clock, logs, cancellation);
            below.Push(store);
            await PrepareTokensAsync(settings, data, store, cancellation);

            // Before anything can be appended: a receiver that is new gets everything from here on.
            await store.OutboxLeases.RegisterAsync(settings.Webhooks.Receivers.Select(receiver => receiver.Name), cancellation);

            var web = await StartWebAsync(settings, store, clock, logs, cancellation);
            return new LedgerServer(web, below, data, store, postgres);
        }
        catch
        {
            await DisposeAsync(below);
            throw;
        }
    }

    /// <summary>Returns when the process was told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _web.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
        await DisposeAsync(_below);
    }

    private static async ValueTask DisposeAsync(Stack<IAsyncDisposable> below)
    {
        while (below.TryPop(out var next)) await next.DisposeAsync();
    }

    // A database that is still starting is waited for; one that is not the log's is not.
    private static async Task<LedgerStore> StartStoreAsync(
        ServerSettings settings, DataDirectory data, string origin, SigningKey key, EmbeddedPostgres? postgres, TimeProvider clock, SerilogLoggerFactory logs, CancellationToken cancellation)
    {
        var options = new LedgerStoreOptions
        {
            OwnerConnectionString = postgres?.ConnectionString ?? settings.OwnerConnectionString ?? settings.ConnectionString!,
            AppConnectionString = settings.ConnectionString,
            Key = key,
            Origin = origin,
            CheckpointPath = data.Checkpoint,
            Trust = settings.Witnesses.Trust,
            Clock = clock,
            Logger = logs.CreateLogger("Ledger.Store"),
        };
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await LedgerStore.StartAsync(options, cancellation);
            }
            catch (Exception exception) when (RequestPipeline.IsUnavailable(exception) && clock.GetElapsedTime(started) < DatabasePatience)
            {
                logs.CreateLogger("Ledger.Server").WaitsForDatabase(exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellation);
            }
        }
    }

    // Its origin alone says that a ledger is a sandbox: neither ever passes for the other.
    private static string OriginOf(ServerSettings settings, DataDirectory data)
    {
        var origin = settings.Origin ?? data.Origin(settings.Sandbox);
        if (Sandbox.IsOrigin(origin) == settings.Sandbox) return origin;
        throw new InvalidDataException(settings.Sandbox
            ? $"the origin '{origin}' is not a sandbox's: give one that begins with '{Sandbox.Prefix}', or another data folder, or leave Ledger__Sandbox away"
            : $"the origin '{origin}' is a sandbox's, whose times were given: set Ledger__Sandbox=true, or give another data folder and database");
    }

    private static async Task PrepareTokensAsync(ServerSettings settings, DataDirectory data, LedgerStore store, CancellationToken cancellation)
    {
        if (settings.IsLocal) await TokenFiles.PrepareAllAsync(data.Tokens, store.Tokens, cancellation);
        if (settings.AdminTokenFile is { } file) await TokenFiles.PrepareAdminAsync(file, store.Tokens, cancellation);
    }

    private static async Task<WebApplication> StartWebAsync(
        ServerSettings settings, LedgerStore store, TimeProvider clock, SerilogLoggerFactory logs, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.ConfigureKestrel(options =>
        {
            KestrelLimits.Apply(options);
            if (settings.IsLocal) options.Listen(IPAddress.Loopback, settings.Port);
            else options.ListenAnyIP(settings.Port);
        });
        builder.Services
            .AddSingleton<ILoggerFactory>(logs)
            .AddSingleton(clock)
            .AddSingleton(store)
            .AddSingleton(settings.IdentityProviders)
            .AddSingleton<IdentityTokens>()
            .AddSingleton<Authentication>()
            .AddSingleton<CommandDesk>()
            .AddSingleton<ReleaseExport>()
            .AddSingleton<PeriodExport>()
            .AddSingleton<ReleaseDesk>()
            .AddSingleton<SignerDesk>()
            .AddSingleton<SampleDesk>()
            .AddSingleton<WatchDesk>()
            .AddSingleton<ClockMove>()
            .AddSingleton<EventTarget>()
            .AddSingleton<EventInbox>()
            .AddSingleton(services => ActivatorUtilities.CreateInstance<EventDesk>(services, settings.UnknownEvents, settings.UnassignedEvents))
            .AddSingleton<ChainReader>()
            .AddSingleton<LogFollower>()
            .AddSingleton<DatabaseOutages>()
            .AddSingleton<ReadingDesk>()
            .AddSingleton<Sources>()
            .AddSingleton<Busyness>()
            .AddSingleton<GraphQLService>()
            .AddSingleton<SocketDoor>()
            .AddSingleton(settings.GraphQL)
            .AddSingleton(settings.Witnesses)
            .AddHostedService<CheckpointFollower>()
            .AddHostedService<DeadlineClock>()
            .AddSingleton(settings.Webhooks)
            .AddHostedService<WebhookFollower>()
            .AddSingleton<RequestPipeline>()
            .AddRequestTimeouts(options => options.DefaultPolicy = new() { Timeout = KestrelLimits.Request })
            .ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Answers))
            .AddOpenApi(OpenApiDescription.Configure);

        var web = builder.Build();
        var pipeline = web.Services.GetRequiredService<RequestPipeline>();
        web.UseRouting();
        web.UseRequestTimeouts();
        web.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        web.Use(next => http => pipeline.InvokeAsync(http, next));
        Api.Map(web);
        web.MapOpenApi("/openapi/{documentName}.json").WithMetadata(Access.Public);

        // What is wrong with what was configured is found now, and not by the first who asks.
        _ = web.Services.GetRequiredService<GraphQLService>();
        await web.StartAsync(cancellation);
        return web;
    }

    /// <summary>A synchronous end among asynchronous ones.</summary>
    private sealed class Disposal(IDisposable resource) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            resource.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
