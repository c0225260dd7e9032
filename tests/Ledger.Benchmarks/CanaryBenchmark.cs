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
        await CycleAsync(server, deciding: false); // the server's code is compiled as it runs

        var (serverBefore, databaseBefore, clock) = (server.ServerTime, server.DatabaseTime, Stopwatch.StartNew());
        var (latencies, triggers) = await CycleAsync(server, deciding: true);
        var elapsed = clock.Elapsed;
        Figures.Figure("canary_measurements_rate", Releases * 4 / elapsed.TotalSeconds, "per_second");
        Figures.Figure("canary_server_cores", (server.ServerTime - serverBefore) / elapsed, "cores");
        Figures.Figure("canary_database_cores", (server.DatabaseTime - databaseBefore) / elapsed, "cores");
        Print("canary_request", latencies);
        Print("canary_trigger", triggers);
    }

    private static void Print(string name, List<double> milliseconds)
    {
        milliseconds.Sort();
        Figures.Figure($"{name}_p50", milliseconds[milliseconds.Count / 2], "ms");
        Figures.Figure($"{name}_p99", milliseconds[(int)(milliseconds.Count * 0.99)], "ms");
        Figures.Figure($"{name}_max", milliseconds[^1], "ms");
    }

    // Every release's turn comes once, evenly over the cycle; how late an answer is counts from then, whoever kept it waiting.
    private static async Task<(List<double> All, List<double> Triggers)> CycleAsync(BenchmarkServer server, bool deciding)
    {
        var (all, triggers) = (new List<double>(Releases), new List<double>());
        var next = -1;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < Releases; i = Interlocked.Increment(ref next))
            {
                var turn = Cycle * i / Releases;
                if (turn > clock.Elapsed) await Task.Delay(turn - clock.Elapsed);
                var decides = deciding && i % DecidingEvery == 0;
                var answer = await server.PostAsync($"{Path(i)}/deployment/measurements", Measurements(decides));
                var late = (clock.Elapsed - turn).TotalMilliseconds;
                if (decides && !Encoding.UTF8.GetString(answer).Contains("\"redis\"", StringComparison.Ordinal)) throw new InvalidOperationException("the rule did not fire");
                lock (all)
                {
                    all.Add(late);
                    if (decides) triggers.Add(late);
                }
            }
        })));
        return (all, triggers);
    }

    private static string Measurements(bool deciding)
    {
        var now = DateTimeOffset.UtcNow.ToString("O");
        string One(string metric, string unit, string value) => $$"""{"metric":"{{metric}}","at":"{{now}}","source":"prometheus","unit":"{{unit}}","value":{{value}}}""";
        return $$"""{"measurements":[{{One("error_rate", "ratio", "0.001")}},{{One("p95", "ms", "101.5")}},{{One("redis.connections", "count", "12")}},{{One("redis.failures", "count", deciding ? "6" : "0")}}]}""";
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
