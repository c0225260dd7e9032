using System.Diagnostics;
using System.Text;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;

namespace Ledger.Benchmarks;

/// <summary>Ten thousand running canaries, each with four metrics that are measured every 30 seconds, and what a measurement costs as a release has more of them.</summary>
internal static class CanaryBenchmark
{
    private const int Releases = 10_000;
    private const int Callers = 48;
    private const int DecidingEvery = 50;
    private const string Deciding = "redis.failures";

    private static readonly (string Name, string Unit, string Value)[] Metrics =
        [("error_rate", "ratio", "0.001"), ("p95", "ms", "101.5"), ("redis.connections", "count", "12"), (Deciding, "count", "0")];

    private static readonly TimeSpan Cycle = TimeSpan.FromSeconds(30);

    /// <summary>Four metrics, a rule of each kind.</summary>
    public const string Policy =
        """
        {"name":"canary","gates":[{"name":"ready"}],
         "analyses":[{"name":"errors","metric":"error_rate","comparator":"<","threshold":"0.5%","interval":"30s"},
                     {"name":"latency","metric":"p95","comparator":"<","threshold":"150ms","interval":"30s"},
                     {"name":"redis-health","metric":"redis.connections","comparator":">","threshold":"0","interval":"30s"}],
         "deployment":{"strategy":"canary","steps":[{"name":"canary","weight":"10%","duration":"1h","analyses":["errors","latency","redis-health"]},{"name":"full","weight":"100%"}]},
         "rollback":{"rules":[{"name":"error-rate","metric":"error_rate","comparator":">","threshold":"0.5%","for":"10min"},{"name":"slow","metric":"p95","comparator":">","threshold":"150ms","for":"5min"},
                              {"name":"in-a-row","consecutiveFailures":2},{"name":"redis","metric":"redis.failures","moreThan":5,"within":"5min"}],"silenceLimit":"2min"},
         "monitoring":{"metrics":[{"name":"redis.failures"}]}}
        """;

    public static async Task RunAsync()
    {
        await RunningAsync();
        await GrowthAsync();
    }

    private static async Task RunningAsync()
    {
        await using var server = await BenchmarkServer.StartAsync();
        await server.PostAsync("/v1/policies", Policy);
        await EachAsync(i => server.PostAsync("/v1/releases", $$"""
            {"release":"bench/v{{i}}","policy":"canary","commit":"4be1c0ffee1","environment":"production",
             "artifacts":[{"name":"app","digest":"sha256:8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20"}]}
            """));
        await EachAsync(i => server.PostAsync($"{Path(i)}/gates/ready/attestations", """{"note":"seen"}"""));
        await EachAsync(i => server.PostAsync($"{Path(i)}/decision", """{"verdict":"GO"}"""));
        await EachAsync(i => server.PostAsync($"{Path(i)}/deployment/start", """{"commit":"4be1c0ffee1"}"""));
        await EachAsync(i => server.PostAsync($"{Path(i)}/deployment/steps/canary/start", "{}"));
        await CycleAsync(server, decides: null, apart: false); // the server's code is compiled as it runs
        await MeasureAsync(server, "canary", decides: 0, apart: false);
        await MeasureAsync(server, "canary_apart", decides: 1, apart: true);
    }

    private static async Task MeasureAsync(BenchmarkServer server, string name, int decides, bool apart)
    {
        var (serverBefore, databaseBefore, clock) = (server.ServerTime, server.DatabaseTime, Stopwatch.StartNew());
        var (latencies, triggers) = await CycleAsync(server, decides, apart);
        var elapsed = clock.Elapsed;
        Figures.Figure($"{name}_measurements_rate", Releases * Metrics.Length / elapsed.TotalSeconds, "per_second");
        Figures.Figure($"{name}_server_cores", (server.ServerTime - serverBefore) / elapsed, "cores");
        Figures.Figure($"{name}_database_cores", (server.DatabaseTime - databaseBefore) / elapsed, "cores");
        Print($"{name}_request", latencies);
        Print($"{name}_trigger", triggers);
    }

    private static void Print(string name, List<double> milliseconds)
    {
        milliseconds.Sort();
        Figures.Figure($"{name}_p50", milliseconds[milliseconds.Count / 2], "ms");
        Figures.Figure($"{name}_p99", milliseconds[(int)(milliseconds.Count * 0.99)], "ms");
        Figures.Figure($"{name}_max", milliseconds[^1], "ms");
    }

    // Every release's turn comes once, evenly over the cycle, or that of each of its metrics; how late an answer is counts from then, whoever
    // kept it waiting. Of fifty releases the one at the place that decides is measured so that a rule fires.
    private static async Task<(List<double> All, List<double> Triggers)> CycleAsync(BenchmarkServer server, int? decides, bool apart)
    {
        var requests = Releases * (apart ? Metrics.Length : 1);
        var (all, triggers) = (new List<double>(requests), new List<double>());
        var next = -1;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < requests; i = Interlocked.Increment(ref next))
            {
                var turn = Cycle * i / requests;
                if (turn > clock.Elapsed) await Task.Delay(turn - clock.Elapsed);
                var (release, metric) = (i % Releases, i / Releases);
                var fires = release % DecidingEvery == decides && (!apart || Metrics[metric].Name == Deciding);
                var answer = await server.PostAsync($"{Path(release)}/deployment/measurements", Measurements(apart ? [Metrics[metric]] : Metrics, fires));
                var late = (clock.Elapsed - turn).TotalMilliseconds;
                if (fires && !Encoding.UTF8.GetString(answer).Contains("\"redis\"", StringComparison.Ordinal)) throw new InvalidOperationException("the rule did not fire");
                lock (all)
                {
                    all.Add(late);
                    if (fires) triggers.Add(late);
                }
            }
        })));
        return (all, triggers);
    }

    private static string Measurements(IEnumerable<(string Name, string Unit, string Value)> metrics, bool fires)
    {
        var now = DateTimeOffset.UtcNow.ToString("O");
        return $$"""{"measurements":[{{string.Join(',', metrics.Select(metric => $$"""{"metric":"{{metric.Name}}","at":"{{now}}","source":"prometheus","unit":"{{metric.Unit}}","value":{{(fires && metric.Name == Deciding ? "6" : metric.Value)}}}"""))}}]}""";
    }

    private static string Path(int release) => $"/v1/releases/bench/v{release}";

    private static async Task EachAsync(Func<int, Task> work)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < Releases; i = Interlocked.Increment(ref next)) await work(i);
        })));
    }

    private static async Task GrowthAsync()
    {
        await using var ledger = await BenchmarkLedger.StartAsync();
        var release = await ledger.StartCanaryAsync("v1");
        var began = DateTimeOffset.UtcNow;
        var (taken, first) = (0, (Decide: 0.0, Append: 0.0));
        foreach (var target in new[] { 100, 1_000, 10_000, 100_000 })
        {
            for (; taken < target; taken += 100) await ledger.AppendAsync(new DeploymentCommand.Measure(release, [.. Enumerable.Range(taken, 100).Select(At)]));
            var view = (await ledger.Store.Releases.FindAsync(release))!;
            var context = new DecisionContext(new Actor("benchmark", Role.Admin), view.At, view.Policy);
            var decide = Median(2_000, _ => ReleaseDecider.Decide(new DeploymentCommand.Measure(release, [At(taken)]), view.State, context));
            var appends = new List<double>();
            for (var i = 0; i < 300; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await ledger.AppendAsync(new DeploymentCommand.Measure(release, [At(taken++)]));
                appends.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            var append = Figures.Median(appends, time => time);
            if (target == 100) first = (decide, append);
            Figures.Figure($"canary_decide_{target}", decide, "us");
            Figures.Figure($"canary_append_{target}", append, "ms");
            Figures.Ratio($"canary_decide_{target}_over_100", decide / first.Decide);
            Figures.Ratio($"canary_append_{target}_over_100", append / first.Append);
        }

        // Close together, so that none is of a time that is still to come.
        Sample At(int i) => new("error_rate", began.AddMilliseconds(i * 0.5), "prometheus", Unit.Ratio, i % 50 == 0 ? 0.2 : 0.001);
    }

    private static double Median(int times, Action<int> work)
    {
        var samples = new List<double>(times);
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work(i);
            samples.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return Figures.Median(samples, time => time);
    }
}
