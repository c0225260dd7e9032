using System.Diagnostics;
using Ledger.Store;
using Ledger.Store.Outbox;

namespace Ledger.Server.Webhooks;

/// <summary>
/// One node's turn at delivering to one receiver, for as long as it holds the lease. Streams are delivered from side by side, up to a bound;
/// in each stream one event after the other.
/// </summary>
internal sealed class ReceiverTurn(
    WebhookReceiver receiver, OutboxLease lease, LedgerStore store, WebhookSender sender, WebhookTiming timing, TimeProvider clock, ILogger logger)
{
    private const int FollowAtMost = 1000;

    private readonly Dictionary<string, Task> _underWay = new(StringComparer.Ordinal);

    /// <summary>Delivers until it is told to stop, or another node has taken over.</summary>
    /// <param name="since">When the lease was asked for (<see cref="Stopwatch.GetTimestamp"/>).</param>
    /// <param name="stopping">The server stops.</param>
    public async Task RunAsync(long since, CancellationToken stopping)
    {
        // Cancelled before the database may give the lease to another node: by then nothing of ours is on its way any more. The lease is
        // counted in real time, whatever the ledger's clock says.
        using var held = new CancellationTokenSource();
        KeepFrom(since, held);
        try
        {
            await store.OutboxDeliveries.ResumeAsync(lease, clock.GetUtcNow(), held.Token);
            await MeasureAsync(held.Token);
            while (!stopping.IsCancellationRequested)
            {
                if (Stopwatch.GetElapsedTime(since) > timing.Lease / 4)
                {
                    since = Stopwatch.GetTimestamp();
                    if (!await store.OutboxLeases.RenewAsync(lease, timing.Lease, held.Token)) throw new LeaseLostException();
                    KeepFrom(since, held);
                    await MeasureAsync(held.Token);
                }

                var followed = await store.OutboxDeliveries.FollowAsync(lease, FollowAtMost, clock.GetUtcNow(), held.Token) ?? throw new LeaseLostException();
                await ReapAsync();
                var started = await StartDueAsync(held.Token);
                if (followed < FollowAtMost && !started) await PauseAsync(stopping);
            }

            // What is on its way may arrive: it is then not sent twice.
            await Task.WhenAny(Task.WhenAll(_underWay.Values), Task.Delay(timing.Farewell, CancellationToken.None));
        }
        finally
        {
            await held.CancelAsync();
            await Task.WhenAll(_underWay.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            WebhookMetrics.Stands(receiver.Name, null, clock);
        }
    }

    private void KeepFrom(long since, CancellationTokenSource held)
    {
        var left = (timing.Lease * 0.75) - Stopwatch.GetElapsedTime(since);
        held.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private async Task MeasureAsync(CancellationToken cancellation)
    {
        var standings = await store.OutboxStandings.ListAsync(cancellation);
        WebhookMetrics.Stands(receiver.Name, standings.FirstOrDefault(standing => standing.Name == receiver.Name), clock);
    }

    private async Task<bool> StartDueAsync(CancellationToken held)
    {
        var room = timing.Concurrency - _underWay.Count;
        if (room == 0) return false;
        var due = await store.OutboxDeliveries.DueAsync(lease, _underWay.Keys, room, clock.GetUtcNow(), held);
        foreach (var delivery in due) _underWay.Add(delivery.Event.Stream, DeliverAsync(delivery, held));
        return due.Count > 0;
    }

    // What a delivery could not write ends the turn: it is due again in the next.
    private async Task ReapAsync()
    {
        foreach (var (stream, delivery) in _underWay.Where(entry => entry.Value.IsCompleted).ToList())
        {
            _underWay.Remove(stream);
            await delivery;
        }
    }

    private async Task PauseAsync(CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny([Task.Delay(timing.Poll, clock, over.Token), .. _underWay.Values]);
        await over.CancelAsync();
    }

    private async Task DeliverAsync(OutboxDelivery delivery, CancellationToken held)
    {
        var failure = default(OutboxFailure);
        if (receiver.IsFor(delivery.Event))
        {
            var started = Stopwatch.GetTimestamp();
            failure = await sender.SendAsync(delivery.Event, held);
            WebhookMetrics.Attempted(receiver.Name, failure is null, failure?.Status, Stopwatch.GetElapsedTime(started));
        }

        var written = failure is null
            ? await store.OutboxDeliveries.DeliveredAsync(lease, delivery, clock.GetUtcNow(), held)
            : await KeepAsync(delivery, failure, held);
        if (!written) throw new LeaseLostException();
    }

    private async Task<bool> KeepAsync(OutboxDelivery delivery, OutboxFailure failure, CancellationToken held)
    {
        var (sequence, attempts) = (delivery.Event.Sequence, delivery.Attempts + 1);
        if (attempts >= receiver.AttemptsMax)
        {
            WebhookMetrics.Buried(receiver.Name);
            logger.Buried(receiver.Name, sequence, attempts, failure.Status);
            return await store.OutboxDeliveries.BuryAsync(lease, delivery, failure, held);
        }

        var wait = timing.WaitAfter(attempts, Random.Shared.NextDouble(), failure.RetryAfter);
        logger.Postponed(receiver.Name, sequence, attempts, failure.Status, Math.Round(wait.TotalSeconds, 1));
        return await store.OutboxDeliveries.PostponeAsync(lease, delivery, failure, clock.GetUtcNow() + wait, held);
    }
}

/// <summary>Another node has taken the receiver over.</summary>
internal sealed class LeaseLostException() : Exception("another node has taken over");
