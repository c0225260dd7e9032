using System.Diagnostics;
using Ledger.Domain.Releases;

namespace Ledger.Benchmarks;

/// <summary>A log of 10⁶ events: the memory of the process as it grows, and what an inclusion proof costs there.</summary>
internal static class MillionBenchmark
{
    private const int Callers = 256;
    private const int Proofs = 500;

    public static async Task RunAsync()
    {
        await using var ledger = await BenchmarkLedger.StartAsync();
        var releases = Enumerable.Range(0, Callers).Select(i => ReleaseId.TryCreate("bench", $"v{i}")!).ToArray();
        foreach (var release in releases) await ledger.OpenAsync(release);

        var appended = 0;
        var baseline = 0.0;
        foreach (var target in new[] { 100_000, 250_000, 500_000, 1_000_000 })
        {
            await Task.WhenAll(releases.Select(release => Task.Run(async () =>
            {
                while (Interlocked.Increment(ref appended) <= target) await ledger.ReportAsync(release, appended, appended);
            })));
            appended = target;
            var heap = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
            if (target == 100_000) baseline = heap;
            Figures.Figure($"memory_{target}", heap, "MB");
            Figures.Ratio($"memory_{target}_over_100000", heap / baseline);
        }

        var times = new List<double>(Proofs);
        for (var i = 0; i < Proofs; i++)
        {
            var sequence = 1 + ((long)i * 1_999 % 1_000_000);
            var start = Stopwatch.GetTimestamp();
            if (await ledger.Store.Log.InclusionAsync(sequence) is null) throw new InvalidOperationException($"no proof for {sequence}");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var sorted = times.Order().ToArray();
        Figures.Figure("inclusion_proof_1000000_p50", sorted[Proofs / 2], "ms");
        Figures.Figure("inclusion_proof_1000000_p99", sorted[Proofs * 99 / 100], "ms");
    }
}
