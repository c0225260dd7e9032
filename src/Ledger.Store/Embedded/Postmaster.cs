using System.Diagnostics;

namespace Ledger.Store.Embedded;

/// <summary>One run of PostgreSQL, from its start to its end.</summary>
internal sealed class Postmaster : IDisposable
{
    private const int LinesKept = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // A backend would give the memory of each group back to the system and fault it in again: a tenth of its time. It may keep this much (mallopt(3), bytes).
    private static readonly KeyValuePair<string, string>[] Memory = [new("MALLOC_TRIM_THRESHOLD_", "8388608"), new("MALLOC_MMAP_THRESHOLD_", "2097152")];

    private readonly Process _process;
    private readonly ClusterHome _home;
    private readonly Queue<string> _errors = new();
    private readonly Task _reading;

    private Postmaster(Process process, ClusterHome home)
    {
        (_process, _home, ProcessId) = (process, home, process.Id);
        _process.StandardInput.Close();
        _reading = Task.WhenAll(KeepLastLinesAsync(process.StandardError), KeepLastLinesAsync(process.StandardOutput));
        Exited = process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Completes when the process has ended, for whatever reason.</summary>
    public Task Exited { get; }

    /// <summary>The postmaster's process id.</summary>
    public int ProcessId { get; }

    /// <summary>
    /// Starts the process. In a session of its own (setsid(2)), so that Ctrl-C in a terminal reaches only the ledger, which then stops PostgreSQL
    /// itself when it has finished with it.
    /// </summary>
    public static Postmaster Start(ClusterHome home, PostgresBinaries binaries, string? user, IEnumerable<string> arguments)
    {
        var start = Command.Describe("setsid", user, [binaries.Postgres, .. arguments]);
        foreach (var (name, value) in Memory) start.Environment[name] = value;
        return new Postmaster(Process.Start(start)!, home);
    }

    /// <summary>Waits until connections are accepted; crash recovery, where there is any, is over then.</summary>
    /// <exception cref="EmbeddedPostgresException">The process ended first.</exception>
    public async Task ReadyAsync(CancellationToken cancellation)
    {
        while (PostmasterFile.Read(_home.Cluster) is not { IsReady: true } file || file.ProcessId != ProcessId)
        {
            if (Exited.IsCompleted)
            {
                await _reading.ConfigureAwait(false);
                throw EmbeddedPostgresException.FromOutput($"PostgreSQL ended while it was starting (exit code {_process.ExitCode})", LastLines());
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>What it wrote last, to its error stream and to its log.</summary>
    public string LastLines()
    {
        lock (_errors) return string.Join('\n', _errors.Concat(ServerLog.Tail(_home.Logs, LinesKept)));
    }

    /// <summary>Stops it: fast, then, when <paramref name="patience"/> has run out, immediately. Returns when it has ended.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (patience > TimeSpan.Zero)
        {
            if (!Exited.IsCompleted) NativeMethods.Signal(ProcessId, NativeMethods.SigInt);
            if (await EndsWithinAsync(patience).ConfigureAwait(false)) return;
        }

        // PostgreSQL kills what does not quit within five seconds itself (postmaster.c, SIGKILL_CHILDREN_AFTER_SECS).
        if (!Exited.IsCompleted) NativeMethods.Signal(ProcessId, NativeMethods.SigQuit);
        if (await EndsWithinAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false)) return;
        _process.Kill();
        await Exited.ConfigureAwait(false);
    }

    public void Dispose() => _process.Dispose();

    private async Task<bool> EndsWithinAsync(TimeSpan patience) =>
        await Task.WhenAny(Exited, Task.Delay(patience)).ConfigureAwait(false) == Exited;

    private async Task KeepLastLinesAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            lock (_errors)
            {
                _errors.Enqueue(line);
                if (_errors.Count > LinesKept) _errors.Dequeue();
            }
        }
    }
}
