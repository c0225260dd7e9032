using Ledger.Domain.Releases;

namespace Ledger.Benchmarks;

/// <summary>Durable single-event appends through the store, against plain single-row commits, in turn on one cluster.</summary>
internal static class AppendBenchmark
{
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(int callers)
    {
        using var report = new WritePathReport();
        await using var ledger = await BenchmarkLedger.StartAsync();
        var releases = Enumerable.Range(0, callers).Select(i => ReleaseId.TryCreate("bench", $"v{i}")!).ToArray();
        foreach (var release in releases) await ledger.OpenAsync(release);

        Task Append(int caller, int i) => ledger.ReportAsync(releases[caller], i, i);
        await Load.RunAsync(callers, Round, Append);

        var (ours, plain) = (new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < Rounds; round++)
        {
            await using var baseline = new PlainInsert(ledger.Plain);
            await baseline.PrepareAsync(callers);
            plain.Add(await Load.RunAsync(callers, Round, baseline.InsertAsync));
            ours.Add(await Load.RunAsync(callers, Round, Append));
        }

        report.Print();
        var name = $"append_{callers}";
        Figures.Figure($"{name}_plain_rate", Figures.Median(plain, result => result.PerSecond), "per_second");
        Figures.Figure($"{name}_rate", Figures.Median(ours, result => result.PerSecond), "per_second");
        Figures.Figure($"{name}_plain_p50", Figures.Median(plain, result => result.P50Ms), "ms");
        Figures.Figure($"{name}_p50", Figures.Median(ours, result => result.P50Ms), "ms");
        Figures.Figure($"{name}_p99", Figures.Median(ours, result => result.P99Ms), "ms");
        Figures.Figure($"{name}_plain_client_cpu", Figures.Median(plain, result => result.CpuMicroseconds), "us");
        Figures.Figure($"{name}_client_cpu", Figures.Median(ours, result => result.CpuMicroseconds), "us");
        Figures.Figure($"{name}_plain_server_cpu", Figures.Median(plain, result => result.ServerCpuMicroseconds), "us");
        Figures.Figure($"{name}_server_cpu", Figures.Median(ours, result => result.ServerCpuMicroseconds), "us");
        Figures.Ratio($"{name}_rate_over_plain", Figures.Median(ours.Zip(plain), pair => pair.First.PerSecond / pair.Second.PerSecond));
        Figures.Ratio($"{name}_p50_over_plain", Figures.Median(ours.Zip(plain), pair => pair.First.P50Ms / pair.Second.P50Ms));
    }
}
