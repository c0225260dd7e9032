using Ledger.Domain.Actors;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Releases;
using Ledger.Store;
using Ledger.Store.Append;
using Npgsql;

namespace Ledger.Server.Deadlines;

/// <summary>
/// Lets deadlines take effect when their time has come. Every node has one: each asks for what is due and gives an ordinary command, whose
/// decision lets every deadline pass once, so that it does not matter how many nodes ask, or which of them is gone.
/// </summary>
internal sealed class DeadlineClock(LedgerStore store, TimeProvider clock, ILogger<DeadlineClock> logger) : BackgroundService
{
    private const int DueAtMost = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Aside = TimeSpan.FromMinutes(1);
    private static readonly Actor Ledger = new("ledger", Role.Admin);

    // What could not be decided is left alone for a while, so that it does not stand in the way of the others.
    private readonly Dictionary<ReleaseId, DateTimeOffset> _aside = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, clock);
            do await PassAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task PassAsync(CancellationToken cancellation)
    {
        try
        {
            await store.RefreshClockAsync(cancellation);
            var now = clock.GetUtcNow();
            foreach (var release in _aside.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToList()) _aside.Remove(release);
            var due = await store.Deadlines.DueAsync(store.Clock.GetUtcNow(), DueAtMost, _aside.Keys, cancellation);
            await Task.WhenAll(due.Select(next => PassAsync(next.Release, now)).ToList());
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            logger.NotAsked(exception.Message);
        }
    }

    // Refused means that another node was first, or that it has moved: either way it is not due here any more.
    private async Task PassAsync(ReleaseId release, DateTimeOffset now)
    {
        if (await store.SubmitAsync(new Submission(Ledger, new DeadlineCommand.Pass(release))) is not AppendResult.Faulted faulted) return;
        logger.NotPassed(faulted.Exception, release.ToString());
        lock (_aside) _aside[release] = now + Aside;
    }
}

/// <summary>What the clock tells its operators.</summary>
internal static partial class DeadlineLog
{
    [LoggerMessage(20, LogLevel.Warning, "deadlines could not be asked for, and will be again: {Reason}")]
    public static partial void NotAsked(this ILogger logger, string reason);

    [LoggerMessage(21, LogLevel.Error, "the deadlines of {Release} could not be decided")]
    public static partial void NotPassed(this ILogger logger, Exception exception, string release);
}
