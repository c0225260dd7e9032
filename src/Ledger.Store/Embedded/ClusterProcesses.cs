using System.Diagnostics;
using System.Globalization;

namespace Ledger.Store.Embedded;

/// <summary>
/// The processes that work in a cluster, found by their working directory: each of PostgreSQL's processes stays in its cluster, so neither a process id used
/// again nor a stale file can mislead. Linux only; elsewhere the answer is "cannot tell".
/// </summary>
internal sealed class ClusterProcesses(string cluster, string? user, Action<string> log)
{
    private static readonly TimeSpan FastShutdown = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ImmediateShutdown = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Ends what still works in the cluster: the postmaster of a server that was killed, or the backends of a postmaster that was killed. Nothing committed is
    /// lost: at worst the next start recovers. Call it only while holding the cluster's lock.
    /// </summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation).ConfigureAwait(false) is not { } running) return;
        var file = PostmasterFile.Read(cluster);
        if (running.Count > 0)
        {
            log($"PostgreSQL still runs from before ({string.Join(", ", running.Order())}): stopping it");
            await EndAsync(running, file, cancellation).ConfigureAwait(false);
        }

        // PostgreSQL refuses to start when the process id in a stale file has been given to another process of its user. That nobody works in the cluster we know better.
        File.Delete(PostmasterFile.PathIn(cluster));
    }

    private async Task EndAsync(IReadOnlySet<int> running, PostmasterFile? file, CancellationToken cancellation)
    {
        if (file is not null && running.Contains(file.ProcessId))
        {
            NativeMethods.Signal(file.ProcessId, NativeMethods.SigInt);
            if (await EndedAsync(FastShutdown, cancellation).ConfigureAwait(false)) return;
        }

        foreach (var signal in new[] { NativeMethods.SigQuit, NativeMethods.SigKill })
        {
            foreach (var processId in await FindAsync(cancellation).ConfigureAwait(false) ?? running) NativeMethods.Signal(processId, signal);
            if (await EndedAsync(ImmediateShutdown, cancellation).ConfigureAwait(false)) return;
        }

        throw new EmbeddedPostgresException(
            EmbeddedPostgresFailure.AlreadyRunning, $"PostgreSQL still runs in {cluster} (process {string.Join(", ", running.Order())}) and does not end", "end these processes, then start again");
    }

    private async Task<bool> EndedAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < patience)
        {
            if (await FindAsync(cancellation).ConfigureAwait(false) is not { Count: > 0 }) return true;
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>
    /// Asked as PostgreSQL's user, because root in a container may not look at another user's processes (CAP_SYS_PTRACE). The search itself works in the
    /// cluster: an answer without it means that this machine does not let us see, and is null.
    /// </summary>
    private async Task<IReadOnlySet<int>?> FindAsync(CancellationToken cancellation)
    {
        var search = Command.Describe("find", user, "-L", "/proc", "-mindepth", "2", "-maxdepth", "2", "-name", "cwd", "-samefile", cluster);
        search.WorkingDirectory = cluster;
        using var process = Process.Start(search)!;
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var answer = await process.StandardOutput.ReadToEndAsync(cancellation).ConfigureAwait(false);
        await errors.ConfigureAwait(false);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);

        var found = answer.Split('\n').Select(line => line.Split('/')).Where(parts => parts.Length == 4)
            .Select(parts => int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var processId) ? processId : 0)
            .Where(processId => processId != 0).ToHashSet();
        return found.Remove(process.Id) ? found : null;
    }
}
