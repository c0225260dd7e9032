using System.Diagnostics;
using Ledger.Domain.Releases;

namespace Ledger.Benchmarks;

/// <summary>What an append and a go/no-go read cost as one stream grows from 10² to 10⁵ events.</summary>
internal static class GrowthBenchmark
{
    private const int Callers = 64;
    private const int Samples = 400;

    public static async Task RunAsync()
    {
        await using var ledger = await BenchmarkLedger.StartAsync();
        var release = ReleaseId.TryCreate("bench", "v1")!;
        await ledger.OpenAsync(release);
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => ledger.ReportAsync(ReleaseId.TryCreate("bench", "v1")!, i, i))); // warm code paths

        var warm = ReleaseId.TryCreate("bench", "v2")!;
        await ledger.OpenAsync(warm);
        var length = 1;
        var first = (Append: 0.0, Read: 0.0);
        foreach (var target in new[] { 100, 1_000, 10_000, 100_000 })
        {
            await GrowAsync(ledger, warm, target - length);
            length = target;
            var append = await MedianAsync(i => ledger.ReportAsync(warm, i, i));
            var read = await MedianAsync(async _ => (await ledger.Store.Releases.FindAsync(warm))!.Standing());
            length += Samples;
            if (target == 100) first = (append, read);
            Figures.Figure($"growth_append_{target}", append, "ms");
            Figures.Figure($"growth_read_{target}", read, "ms");
            Figures.Ratio($"growth_append_{target}_over_100", append / first.Append);
            Figures.Ratio($"growth_read_{target}_over_100", read / first.Read);
        }
    }

    private static Task GrowAsync(BenchmarkLedger ledger, ReleaseId release, int events)
    {
        var left = events;
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0) await ledger.ReportAsync(release, caller, caller);
        })));
    }

    private static async Task<double> MedianAsync(Func<int, Task> work)
    {
        var times = new List<double>(Samples);
        for (var i = 0; i < Samples; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await work(i);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Figures.Median(times, time => time);
    }
}
