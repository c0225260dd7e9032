using System.Diagnostics;
using System.Net;

namespace Ledger.Server.Tests;

[Collection(ServerCollection.Name)]
public sealed class AvailabilityTests(RunningServer server)
{
    [Fact]
    public async Task Health_is_told_to_anybody()
    {
        var stranger = server.Client(null);
        (await stranger.GetStringAsync("health/live")).ShouldBe("""{"status":"ok","reasons":[]}""");
        (await stranger.GetStringAsync("health/ready")).ShouldBe("""{"status":"ok","reasons":[]}""");
    }

    [Fact]
    public async Task While_the_database_is_away_callers_are_told_to_come_back_and_service_resumes_by_itself()
    {
        var release = await server.OpenAsync();
        var before = await server.CausedAsync();
        using var admin = server.Client();
        using var stranger = server.Client(null);

        await using var database = await StoppedDatabase.StopAsync(server);
        var write = await admin.ReportAsync(release, RunningServer.PassingReport, key: "while-away");
        var problem = await write.ShouldBeProblemAsync(503, "unavailable");
        write.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        problem.TryGetProperty("outcomeUnknown", out _).ShouldBeTrue();
        var read = await admin.GetAsync(release);
        await read.ShouldBeProblemAsync(503, "unavailable");
        read.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await stranger.GetAsync("health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await stranger.GetAsync("health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await database.ComeBackAsync();
        var patience = Stopwatch.StartNew();
        HttpResponseMessage again;
        do
        {
            await Task.Delay(200);
            again = await admin.ReportAsync(release, RunningServer.PassingReport, key: "while-away");
        }
        while (again.StatusCode == HttpStatusCode.ServiceUnavailable && patience.Elapsed < TimeSpan.FromMinutes(1));

        again.StatusCode.ShouldBe(HttpStatusCode.Created, await again.Content.ReadAsStringAsync());
        (await server.CausedAsync()).ShouldBe(before + 1);
        (await stranger.GetAsync("health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await server.Client("auditor").PostAsync("v1/audit", null)).JsonAsync()).GetProperty("sound").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_caller_s_trace_id_is_the_correlation_id()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/nothing");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var answer = await server.Client().SendAsync(request);
        answer.Headers.GetValues("X-Correlation-Id").Single().ShouldBe("0af7651916cd43dd8448eb211c80319c");
        server.Log.ShouldContain("0af7651916cd43dd8448eb211c80319c");

        using var bad = new HttpRequestMessage(HttpMethod.Get, "v1/nothing");
        bad.Headers.TryAddWithoutValidation("traceparent", "somebody@mailbox.example");
        (await server.Client().SendAsync(bad)).Headers.GetValues("X-Correlation-Id").Single().Length.ShouldBe(32);
    }

    [Fact]
    public async Task Every_answer_tells_a_browser_to_run_and_keep_nothing()
    {
        foreach (var path in (string[])["v1/log", "v1/nothing", "health/live", "openapi/v1.json"])
        {
            var headers = (await server.Client().GetAsync(path)).Headers;
            headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
            headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
            headers.CacheControl!.NoStore.ShouldBeTrue();
            headers.Server.ShouldBeEmpty();
        }
    }
}
