using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ledger.EndToEnd;

/// <summary>A rollout as its pipeline tells it, with the real server and the real tool: a rule fires, and what was given while the server was away arrives.</summary>
public sealed class RolloutStoryTests
{
    private const string Release = "shop/2.0.0";

    private const string Policy =
        """
        name: rolled
        title: Rolled out in steps
        gates:
          - name: review
            title: Review
            checks:
              - { name: code, title: Code reviewed }
        analyses:
          - { name: latency, title: Latency, metric: p95, comparator: "<", threshold: 150ms, interval: 30s, failureLimit: 50 }
        deployment:
          strategy: canary
          steps:
            - { name: ten, title: Ten per cent, weight: 10%, analyses: [latency] }
            - { name: all, title: Everybody, weight: 100% }
        rollback:
          rules:
            - { name: in-a-row, title: 2 consecutive failures, consecutiveFailures: 2, analysis: latency }
        """;

    [Fact]
    public async Task A_canary_is_taken_back_by_its_rule_and_the_record_tells_why()
    {
        await using var ledger = await Installation.StartAsync();
        await BeginAsync(ledger);
        await DoAsync(ledger, "canary", "step", Release, "ten");
        await DoAsync(ledger, "canary", "measure", Release, "p95=120ms", "--source", "prometheus");
        await File.WriteAllTextAsync(Path.Combine(ledger.Folder, "run.yaml"), Run("160", "170"));
        (await DoAsync(ledger, "canary", "ingest", Release, "run.yaml", "--unit", "p95=ms")).ShouldContain("roll back: the rule 'in-a-row' fired");
        (await DoAsync(ledger, "canary", "ingest", Release, "run.yaml", "--unit", "p95=ms")).ShouldContain("0 measurements recorded, 2 known already");
        (await ledger.RunAsync("canary", "complete", Release, "ten")).Exit.ShouldBe(1);

        await DoAsync(ledger, "rollback", "start", Release, "--reason", "the rule fired", "--cause", "rule");
        await DoAsync(ledger, "rollback", "complete", Release);
        await DoAsync(ledger, "rollback", "verify", Release, "--note", "the old version answers");
        (await ledger.RunAsync("assert", "go", Release)).Exit.ShouldBe(1);
        await DoAsync(ledger, "release", "close", Release, "--outcome", "rolled_back", "--reason", "latency");

        var (exit, watched, error) = await ledger.RunAsync("watch", Release);
        exit.ShouldBe(1, error);
        watched.ShouldContain("the rule in-a-row fired");
        var status = await DoAsync(ledger, "release", "status", Release);
        status.ShouldContain("deployment rolled back");
        status.ShouldContain("2 consecutive failures of latency");
        await DoAsync(ledger, "audit");
    }

    [Fact]
    public async Task What_was_given_while_the_server_was_away_is_recorded_once_however_often_the_delivery_is_killed()
    {
        const int commands = 12;
        await using var ledger = await Installation.StartAsync();
        await BeginAsync(ledger);
        await ledger.TerminateServerAsync();
        for (var i = 0; i < commands; i++)
        {
            var at = DateTimeOffset.UtcNow.AddMilliseconds(i).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            (await ledger.RunAsync("canary", "measure", Release, string.Create(CultureInfo.InvariantCulture, $"p95={100 + i}ms"), "--at", at, "--spool", "spool", "--timeout", "1s")).Exit.ShouldBe(0);
        }

        (await ledger.RunAsync("assert", "go", Release, "--timeout", "1s")).Exit.ShouldBe(3);
        await ledger.StartServerAsync();
        for (var kills = 0; kills < 4; kills++) await KillAsync(ledger.Flush("spool"), TimeSpan.FromMilliseconds(350 + (kills * 120)));
        await DoAsync(ledger, "spool", "flush", "spool");
        (await DoAsync(ledger, "spool", "list", "spool")).ShouldBe("nothing waits\n");

        var history = await ledger.JsonAsync("release", "history", Release);
        var values = history.GetProperty("events").EnumerateArray().Where(past => past.GetProperty("type").GetString() == "analysis_measured")
            .SelectMany(past => past.GetProperty("data").GetProperty("measurements").EnumerateArray()).Select(sample => sample.GetProperty("value").GetInt32());
        values.ShouldBe(Enumerable.Range(100, commands));
    }

    private static async Task BeginAsync(Installation ledger)
    {
        await File.WriteAllTextAsync(Path.Combine(ledger.Folder, "policy.yaml"), Policy);
        await DoAsync(ledger, "policy", "publish", "policy.yaml");
        await DoAsync(ledger, "release", "open", Release, "--policy", "rolled", "--commit", "4be1c0ffee1", "--artifact", $"shop=sha256:{new string('a', 64)}");
        await DoAsync(ledger, "gate", "attest", Release, "review", "--note", "read it");
        await DoAsync(ledger, "decide", Release, "go");
        await DoAsync(ledger, "canary", "start", Release, "--commit", "4be1c0ffee1");
    }

    private static async Task<string> DoAsync(Installation ledger, params string[] arguments)
    {
        var (exit, output, error) = await ledger.RunAsync(arguments);
        exit.ShouldBe(0, $"{string.Join(' ', arguments)}: {output}{error}");
        return output;
    }

    private static async Task KillAsync(Process flush, TimeSpan after)
    {
        using (flush)
        {
            await Task.WhenAny(flush.WaitForExitAsync(), Task.Delay(after));
            flush.Kill();
            await flush.WaitForExitAsync();
        }
    }

    private static string Run(params string[] values) => JsonSerializer.Serialize(new
    {
        apiVersion = "argoproj.io/v1alpha1",
        kind = "AnalysisRun",
        metadata = new { name = "run-1" },
        status = new
        {
            phase = "Successful",
            metricResults = new[]
            {
                new { name = "latency", measurements = values.Select((value, index) => new { phase = "Successful", value = $"[{value}]", finishedAt = DateTimeOffset.UtcNow.AddMilliseconds(index).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) }) },
            },
        },
    });
}
