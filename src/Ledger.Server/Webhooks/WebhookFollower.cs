using System.Diagnostics;
using Ledger.Server.Outbound;
using Ledger.Store;
using Ledger.Store.Outbox;

namespace Ledger.Server.Webhooks;

/// <summary>
/// Has every configured receiver delivered to, by this node or another. Nothing that is appended waits for a receiver, and no receiver for
/// another one.
/// </summary>
internal sealed class WebhookFollower(WebhookSettings settings, LedgerStore store, TimeProvider clock, ILogger<WebhookFollower> logger, Dialler? dialler = null) : BackgroundService
{
    private static readonly string Node = $"{Environment.MachineName}:{Environment.ProcessId}";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(settings.Receivers.Select(receiver => FollowAsync(receiver, stoppingToken)));

    private async Task FollowAsync(WebhookReceiver receiver, CancellationToken stopping)
    {
        using var sender = new WebhookSender(receiver, store.Origin, settings.Timing.Patience, clock, dialler);
        while (!stopping.IsCancellationRequested)
        {
            var pause = settings.Timing.Poll;
            try
            {
                var since = Stopwatch.GetTimestamp();
                if (await store.OutboxLeases.AcquireAsync(receiver.Wants, Node, settings.Timing.Lease, stopping) is { } lease) await TakeTurnAsync(receiver, lease, sender, since, stopping);
            }
            catch (LeaseLostException)
            {
                logger.TakenOver(receiver.Name);
            }
            catch (Exception exception)
            {
                // Whatever it is, it must not end the following: what is due is in the database, and the next turn finds it.
                if (stopping.IsCancellationRequested) return;
                logger.Interrupted(receiver.Name, exception.Message);
                pause = settings.Timing.FirstWait;
            }

            await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeTurnAsync(WebhookReceiver receiver, OutboxLease lease, WebhookSender sender, long since, CancellationToken stopping)
    {
        logger.Delivers(receiver.Name, lease.Epoch);
        try
        {
            await new ReceiverTurn(receiver, lease, store, sender, settings.Timing, clock, logger).RunAsync(since, stopping);
        }
        finally
        {
            await ReleaseAsync(lease);
        }
    }

    // Where that fails the lease ends by itself.
    private async Task ReleaseAsync(OutboxLease lease)
    {
        try
        {
            await store.OutboxLeases.ReleaseAsync(lease, CancellationToken.None);
        }
        catch (Exception exception) when (exception is Npgsql.NpgsqlException or TimeoutException)
        {
            logger.Interrupted(lease.Receiver.Name, exception.Message);
        }
    }
}
