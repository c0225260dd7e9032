using Ledger.Server.Outbound;
using Ledger.Server.Telemetry;
using Ledger.Server.Webhooks;
using Ledger.Store;
using Microsoft.Extensions.Logging;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace Ledger.Server.Tests.Webhooks;

/// <summary>A node that delivers to receivers, beside whatever else runs over the same database.</summary>
internal sealed class Node : IAsyncDisposable
{
    public static readonly WebhookTiming Quick = new()
    {
        Poll = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.FromSeconds(5), FirstWait = TimeSpan.FromMilliseconds(20), LongestWait = TimeSpan.FromMilliseconds(200),
    };

    private readonly SerilogLoggerFactory _logs = Logging.Create(LogEventLevel.Debug);
    private readonly WebhookFollower _follower;

    private Node(LedgerStore store, WebhookTiming timing, TimeProvider clock, Dialler? dialler, WebhookReceiver[] receivers) =>
        _follower = new WebhookFollower(new WebhookSettings { Receivers = receivers, Timing = timing }, store, clock, _logs.CreateLogger<WebhookFollower>(), dialler);

    public static Task<Node> StartAsync(RunningServer server, params WebhookReceiver[] receivers) => StartAsync(server.Server.Store, Quick, TimeProvider.System, null, receivers);

    public static async Task<Node> StartAsync(LedgerStore store, WebhookTiming timing, TimeProvider clock, Dialler? dialler, params WebhookReceiver[] receivers)
    {
        await store.OutboxLeases.RegisterAsync(receivers.Select(receiver => receiver.Name));
        var node = new Node(store, timing, clock, dialler, receivers);
        await node._follower.StartAsync(CancellationToken.None);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await _follower.StopAsync(CancellationToken.None);
        _follower.Dispose();
        _logs.Dispose();
    }
}
