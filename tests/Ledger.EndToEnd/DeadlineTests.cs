using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Ledger.EndToEnd;

/// <summary>Two nodes over one database, one of them killed in the middle of a canary: no deadline is missed, and none passes twice.</summary>
public sealed class DeadlineTests
{
    private const int Releases = 12;

    private static readonly TimeSpan StepTakes = TimeSpan.FromSeconds(5);

    private const string Policy =
        """
        {"name":"short","gates":[{"name":"ready"}],
         "analyses":[{"name":"errors","metric":"error_rate","comparator":"<","threshold":"0.5%","interval":"1s"}],
         "deployment":{"strategy":"canary","steps":[{"name":"canary","weight":"10%","duration":"4s","analyses":["errors"]},{"name":"full","weight":"100%"}]},
         "rollback":{"rules":[{"name":"in-a-row","consecutiveFailures":2}],"silenceLimit":"3s"}}
        """;

    [Fact]
    public async Task A_node_killed_during_a_canary_leaves_no_deadline_missed_and_none_twice()
    {
        await using var ledger = await Installation.StartAsync();
        var folder = Directory.CreateTempSubdirectory("ledger-e2e-node-").FullName;
        using var node = await ledger.StartNodeAsync(folder);
        try
        {
            await PostAsync(ledger, "/v1/policies", Policy);
            for (var release = 0; release < Releases; release++) await StartAsync(ledger, release);
            await Task.Delay(1_500);
            node.Kill();
            await node.WaitForExitAsync();

            for (var release = 0; release < Releases; release++)
            {
                var passed = await PassedAsync(ledger, release, atLeast: 3);
                passed.Order(StringComparer.Ordinal).ToArray().ShouldBe(["analysis_due", "silence", "step_end"], $"release {release}");
            }

            var audit = await ledger.RunAsync("audit");
            audit.Exit.ShouldBe(0, audit.Output + audit.Error);
        }
        finally
        {
            if (!node.HasExited) node.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Deadlines_that_come_while_no_node_is_there_pass_once_when_two_are_there_again()
    {
        await using var ledger = await Installation.StartAsync();
        var folder = Directory.CreateTempSubdirectory("ledger-e2e-node-").FullName;
        Process? again = null;
        try
        {
            using (var node = await ledger.StartNodeAsync(folder))
            {
                await PostAsync(ledger, "/v1/policies", Policy);
                for (var release = 0; release < Releases; release++) await StartAsync(ledger, release);
                node.Kill();
                await node.WaitForExitAsync();
                ledger.KillServer();
            }

            await Task.Delay(StepTakes);
            await ledger.StartServerAsync();
            again = await ledger.StartNodeAsync(folder, isKnown: true);
            for (var release = 0; release < Releases; release++)
                (await PassedAsync(ledger, release, atLeast: 3)).Order(StringComparer.Ordinal).ToArray().ShouldBe(["analysis_due", "silence", "step_end"], $"release {release}");
        }
        finally
        {
            if (again is { HasExited: false }) again.Kill();
            again?.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_database_that_drops_its_connections_meanwhile_loses_no_deadline()
    {
        await using var ledger = await Installation.StartAsync();
        await PostAsync(ledger, "/v1/policies", Policy);
        await StartAsync(ledger, 0);
        var until = DateTime.UtcNow + StepTakes;
        while (DateTime.UtcNow < until)
        {
            await ledger.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database() and backend_type = 'client backend'");
            await Task.Delay(300);
        }

        (await PassedAsync(ledger, 0, atLeast: 3)).Order(StringComparer.Ordinal).ToArray().ShouldBe(["analysis_due", "silence", "step_end"]);
        (await ledger.RunAsync("audit")).Exit.ShouldBe(0);
    }

    private static async Task StartAsync(Installation ledger, int release)
    {
        await PostAsync(ledger, "/v1/releases", $$"""
            {"release":"shop/v{{release}}","policy":"short","commit":"4be1c0ffee1","environment":"production",
             "artifacts":[{"name":"shop","digest":"sha256:8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20"}]}
            """);
        await PostAsync(ledger, $"/v1/releases/shop/v{release}/gates/ready/attestations", """{"note":"seen"}""");
        await PostAsync(ledger, $"/v1/releases/shop/v{release}/decision", """{"verdict":"GO"}""");
        await PostAsync(ledger, $"/v1/releases/shop/v{release}/deployment/start", """{"commit":"4be1c0ffee1"}""");
        await PostAsync(ledger, $"/v1/releases/shop/v{release}/deployment/steps/canary/start", "{}");
    }

    // A little longer than it takes until so many are there, so that one too many would be seen.
    private static async Task<IReadOnlyList<string>> PassedAsync(Installation ledger, int release, int atLeast)
    {
        IReadOnlyList<string> passed = [];
        for (var attempt = 0; passed.Count < atLeast && attempt < 1_200; attempt++)
        {
            await Task.Delay(100);
            passed = await NowAsync();
        }

        await Task.Delay(200);
        return await NowAsync();

        async Task<IReadOnlyList<string>> NowAsync()
        {
            using var request = Request(ledger, HttpMethod.Get, $"/v1/releases/shop/v{release}/history");
            using var answer = await ledger.Client.SendAsync(request);
            if (!answer.IsSuccessStatusCode) return []; // for as long as the database is away
            using var history = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return [.. history.RootElement.GetProperty("events").EnumerateArray().Where(happened => happened.GetProperty("type").GetString() == "deadline_passed")
                .Select(happened => happened.GetProperty("data").GetProperty("deadline").GetString()!)];
        }
    }

    private static async Task PostAsync(Installation ledger, string path, string json)
    {
        using var request = Request(ledger, HttpMethod.Post, path);
        request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        using var answer = await ledger.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    private static HttpRequestMessage Request(Installation ledger, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ledger.Token("admin"));
        return request;
    }
}
