using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Ledger.Server.Tests;

/// <summary>The server's PostgreSQL while it is away: a stopped postmaster takes no new connections, and the old ones are cut.</summary>
internal sealed class StoppedDatabase : IAsyncDisposable
{
    private readonly int _postmaster;
    private bool _isBack;

    private StoppedDatabase(int postmaster) => _postmaster = postmaster;

    public static async Task<StoppedDatabase> StopAsync(RunningServer server)
    {
        var postmaster = server.Server.Postgres!.ProcessId;
        await SignalAsync("STOP", postmaster);
        foreach (var backend in BackendsOf(postmaster)) await SignalAsync("KILL", backend);
        return new StoppedDatabase(postmaster);
    }

    /// <summary>Lets it come back, which takes it a moment. Connections of the tests' own that were cut are forgotten: the next test opens new ones.</summary>
    public async Task ComeBackAsync()
    {
        if (_isBack) return;
        _isBack = true;
        NpgsqlConnection.ClearAllPools();
        await SignalAsync("CONT", _postmaster);
    }

    public async ValueTask DisposeAsync() => await ComeBackAsync();

    private static IEnumerable<int> BackendsOf(int postmaster) =>
        from directory in Directory.GetDirectories("/proc")
        let name = Path.GetFileName(directory)
        where name.All(char.IsAsciiDigit) && ParentOf(directory) == postmaster
        select int.Parse(name, CultureInfo.InvariantCulture);

    private static int ParentOf(string directory)
    {
        try
        {
            // proc(5): the process's name is in parentheses and may hold anything; state and parent follow.
            var status = File.ReadAllText(Path.Combine(directory, "stat"));
            return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
