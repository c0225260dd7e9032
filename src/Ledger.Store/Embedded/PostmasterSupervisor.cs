using System.ComponentModel;
using System.Globalization;

namespace Ledger.Store.Embedded;

/// <summary>Keeps one postmaster running: starts it again when it ends unasked, slower each time that fails, until it is told to stop.</summary>
internal sealed class PostmasterSupervisor : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Housekeeping = TimeSpan.FromMinutes(10);

    private readonly EmbeddedCluster _cluster;
    private readonly TimeSpan _stopTimeout;
    private readonly Action<string> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _supervising;
    private volatile Postmaster _postmaster;
    private volatile int _restarts;

    private PostmasterSupervisor(EmbeddedCluster cluster, Postmaster postmaster, TimeSpan stopTimeout, Action<string> log)
    {
        (_cluster, _postmaster, _stopTimeout, _log) = (cluster, postmaster, stopTimeout, log);
        _supervising = Task.Run(SuperviseAsync);
    }

    public int ProcessId => _postmaster.ProcessId;

    public int Restarts => _restarts;

    /// <summary>Starts the first postmaster and waits until it is ready.</summary>
    public static async Task<PostmasterSupervisor> StartAsync(EmbeddedCluster cluster, EmbeddedPostgresOptions options, Action<string> log, CancellationToken cancellation)
    {
        var postmaster = cluster.Start();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.StartTimeout);
        try
        {
            await postmaster.ReadyAsync(patience.Token).ConfigureAwait(false);
            return new PostmasterSupervisor(cluster, postmaster, options.StopTimeout, log);
        }
        catch (Exception failure)
        {
            await postmaster.StopAsync(TimeSpan.Zero).ConfigureAwait(false);
            if (failure is not OperationCanceledException || cancellation.IsCancellationRequested) throw;
            throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.StartFailed, string.Create(CultureInfo.InvariantCulture, $"PostgreSQL was not ready within {options.StartTimeout.TotalSeconds:0.#} s\n{postmaster.LastLines()}"),
                "recovery after a crash can take minutes: allow it a longer start timeout", failure);
        }
    }

    /// <summary>Stops supervising, then PostgreSQL; returns when it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _supervising.ConfigureAwait(false);
        await _postmaster.StopAsync(_stopTimeout).ConfigureAwait(false);
        _postmaster.Dispose();
        _stopping.Dispose();
    }

    private async Task SuperviseAsync()
    {
        try
        {
            while (true)
            {
                ServerLog.Prune(_cluster.Home.Logs);
                if (await Task.WhenAny(_postmaster.Exited, Task.Delay(Housekeeping, _stopping.Token)).ConfigureAwait(false) == _postmaster.Exited)
                    await RestartAsync().ConfigureAwait(false);
                _stopping.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Told to stop: what runs now is stopped by who told us.
        }
    }

    private async Task RestartAsync()
    {
        _log(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL (process {ProcessId}) ended unasked: starting it again"));
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, _stopping.Token).ConfigureAwait(false);
            try
            {
                await _cluster.EndLeftoversAsync(_stopping.Token).ConfigureAwait(false);
                _postmaster.Dispose();
                _postmaster = _cluster.Start();
                await _postmaster.ReadyAsync(_stopping.Token).ConfigureAwait(false);
                _restarts++;
                _log(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL runs again (process {ProcessId})"));
                return;
            }
            catch (Exception failure) when (failure is EmbeddedPostgresException or IOException or UnauthorizedAccessException or Win32Exception)
            {
                _log($"PostgreSQL did not start again, trying on: {failure.Message}");
            }
        }
    }
}
