namespace Ledger.Benchmarks;

/// <summary>Attestations and small reports over HTTP, with token and JSON, at 64 connections: the server is a process of its own.</summary>
internal static class HttpBenchmark
{
    private const int Connections = BenchmarkServer.Connections;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(6);

    private const string Policy =
        """{"name":"benchmark","gates":[{"name":"ready","checks":["seen"]},{"name":"load","tool":"measurements","criteria":[{"metric":"latency.p95","comparator":"<","threshold":"120ms"}]}]}""";

    public static async Task RunAsync()
    {
        await using var server = await BenchmarkServer.StartAsync();
        await server.PostAsync("/v1/policies", Policy);
        for (var i = 0; i < Connections; i++)
        {
            await server.PostAsync("/v1/releases", $$"""
                {"release":"bench/v{{i}}","policy":"benchmark","commit":"4be1c0ffee1","environment":"production",
                 "artifacts":[{"name":"app","digest":"sha256:8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20"}]}
                """);
        }

        Task Attest(int caller, int i) => server.PostAsync($"/v1/releases/bench/v{caller}/gates/ready/attestations", """{"note":"seen"}""");
        Task Report(int caller, int i) => server.PostAsync(
            $"/v1/releases/bench/v{caller}/gates/load/reports", $$"""{"measurements":[{"name":"latency.p95","value":{{i % 100}},"unit":"ms"}]}""");
        foreach (var (name, request) in new (string, Func<int, int, Task>)[] { ("attest", Attest), ("report", Report) })
        {
            await Load.RunAsync(Connections, Round, request); // the server's code is compiled as it runs
            var results = new List<LoadResult>();
            for (var round = 0; round < 3; round++) results.Add(await Load.RunAsync(Connections, Round, request));
            Figures.Figure($"http_{name}_rate", Figures.Median(results, result => result.PerSecond), "per_second");
            Figures.Figure($"http_{name}_p50", Figures.Median(results, result => result.P50Ms), "ms");
            Figures.Figure($"http_{name}_p99", Figures.Median(results, result => result.P99Ms), "ms");
        }
    }
}
