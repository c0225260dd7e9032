using System.Diagnostics;

namespace Ledger.Benchmarks;

/// <summary>A closed loop: so many callers, each with one request under way, for so long.</summary>
internal static class Load
{
    public static async Task<LoadResult> RunAsync(int callers, TimeSpan duration, Func<int, int, Task> request)
    {
        var latencies = new List<double>[callers];
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var serverBefore = ServerCpu.Microseconds();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var mine = latencies[caller] = [];
            for (var i = 0; clock.Elapsed < duration; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await request(caller, i);
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        })));
        var server = ServerCpu.Microseconds() - serverBefore;
        process.Refresh();
        var cpu = process.TotalProcessorTime - before;
        var all = latencies.SelectMany(mine => mine).Order().ToArray();
        return new LoadResult(all.Length / clock.Elapsed.TotalSeconds, all[all.Length / 2], all[(int)(all.Length * 0.99)], cpu.TotalMicroseconds / all.Length, server / all.Length);
    }
}

/// <summary>What a load came to; the CPU is this process's and PostgreSQL's, for each request.</summary>
internal sealed record LoadResult(double PerSecond, double P50Ms, double P99Ms, double CpuMicroseconds, double ServerCpuMicroseconds);
