using System.Text;
using Ledger.Integrity.Notes;
using Ledger.Server.Hosting;
using Ledger.Store;
using Npgsql;

namespace Ledger.Server.Witnesses;

/// <summary>
/// Follows the log's checkpoints, and tells witnesses and the authority of the newest one now and then. Nothing that is appended waits for
/// them: a witness that is away is asked again with a later checkpoint, which covers what it missed.
/// </summary>
internal sealed class CheckpointFollower(WitnessSettings settings, LedgerStore store, TimeProvider clock, ILogger<CheckpointFollower> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listeners = Listeners();
        if (listeners.Count == 0) return;
        try
        {
            using var timer = new PeriodicTimer(settings.Interval, clock);
            do await FollowAsync(listeners, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
        finally
        {
            foreach (var (_, listener) in listeners) listener.Dispose();
        }
    }

    private List<(string Name, ICheckpointListener Listener)> Listeners()
    {
        var listeners = new List<(string, ICheckpointListener)>();
        foreach (var witness in settings.Witnesses)
            if (witness.Url is { } url) listeners.Add((witness.Key.Name, new WitnessClient(witness.Key, url, store, logger)));
        if (settings.Timestamps is { Url: { } authority, Roots: var roots }) listeners.Add((authority.Host, new TimestampClient(roots, authority, store, logger)));
        return listeners;
    }

    // One that is slow keeps nobody waiting but itself and the next round.
    private async Task FollowAsync(List<(string Name, ICheckpointListener Listener)> listeners, CancellationToken cancellation)
    {
        if (await NewestAsync(cancellation) is not var (signed, checkpoint)) return;
        await Task.WhenAll(listeners.Select(async each =>
        {
            try
            {
                await each.Listener.TellAsync(signed, checkpoint, cancellation);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                // Whatever it is, the next round tries again; an unexpected answer must not end the following.
                logger.NotTold(each.Name, exception.Message);
            }
        }));
    }

    private async Task<(Note Signed, Checkpoint Checkpoint)?> NewestAsync(CancellationToken cancellation)
    {
        try
        {
            if (await store.Log.CheckpointAsync(cancellation) is not { } text) return null;
            var bytes = Encoding.UTF8.GetBytes(text);
            var verification = Checkpoint.Verify(bytes, store.Origin, store.VerifierKey, out var checkpoint);
            if (verification.IsValid && Note.TryParse(bytes, out var signed, out _)) return (signed, checkpoint!);
            logger.CheckpointNotOurs(verification.Reason ?? "it is no note");
            return null;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            logger.NotTold("anybody", exception.Message);
            return null;
        }
    }
}
