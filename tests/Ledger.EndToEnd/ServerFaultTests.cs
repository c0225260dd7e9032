using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Xunit.Abstractions;

namespace Ledger.EndToEnd;

/// <summary>The server killed, stopped, started twice, and its database rewritten.</summary>
public sealed class ServerFaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_server_killed_under_load_loses_nothing_acknowledged_and_repeats_nothing()
    {
        await using var ledger = await Installation.StartAsync();
        await PrepareAsync(ledger);

        // The journal of what callers were told, by idempotency key: kept outside the server.
        var journal = new ConcurrentDictionary<string, HttpStatusCode?>();
        for (var kill = 0; kill < 3; kill++)
        {
            using var stop = new CancellationTokenSource();
            var round = kill;
            var load = Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
            {
                for (var n = 0; !stop.IsCancellationRequested; n++) await AttestAsync(ledger, journal, $"{round}-{caller}-{n}");
            })).ToArray();
            await Task.Delay(700);
            ledger.KillServer();
            await stop.CancelAsync();
            await Task.WhenAll(load);
            await ledger.StartServerAsync();
        }

        output.WriteLine(string.Join(", ", journal.Values.GroupBy(status => status).Select(group => $"{group.Count()} {group.Key?.ToString() ?? "unknown"}")));
        journal.Values.ShouldContain(HttpStatusCode.Created);
        journal.Values.ShouldAllBe(status => status == null || status == HttpStatusCode.Created || status == HttpStatusCode.ServiceUnavailable);

        var notes = await NotesAsync(ledger);
        notes.GroupBy(note => note).ShouldAllBe(group => group.Count() == 1);
        foreach (var (note, status) in journal)
            if (status == HttpStatusCode.Created) notes.ShouldContain(note);

        // What was unknown is settled by its key, once.
        foreach (var note in journal.Where(entry => entry.Value is null).Select(entry => entry.Key))
        {
            var settled = new ConcurrentDictionary<string, HttpStatusCode?>();
            await AttestAsync(ledger, settled, note);
            settled[note].ShouldBe(HttpStatusCode.Created);
        }

        (await NotesAsync(ledger)).GroupBy(note => note).ShouldAllBe(group => group.Count() == 1);
        var audit = await ledger.RunAsync("audit");
        audit.Exit.ShouldBe(0, audit.Output + audit.Error);
    }

    [Fact]
    public async Task A_superuser_s_update_is_found_and_the_very_leaf_named()
    {
        await using var ledger = await Installation.StartAsync();
        await PrepareAsync(ledger);
        (await ledger.RunAsync("audit")).Exit.ShouldBe(0);

        await ledger.TamperAsync("update mt_events set data = jsonb_set(data, '{commit}', '\"0000000\"') where seq_id = 3");
        var (exit, _, _) = await ledger.RunAsync("audit");
        exit.ShouldBe(1);
        var report = await ledger.JsonAsync("audit");
        report.GetProperty("sound").GetBoolean().ShouldBeFalse();
        report.GetProperty("firstBad").GetProperty("leafIndex").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused()
    {
        await using var ledger = await Installation.StartAsync();
        var (exit, log) = await ledger.StartSecondAsync();
        exit.ShouldNotBe(0);
        log.ShouldContain("is in use by process");
    }

    [Fact]
    public async Task A_server_that_is_stopped_leaves_no_PostgreSQL_behind_and_goes_on_where_it_was()
    {
        await using var ledger = await Installation.StartAsync();
        await PrepareAsync(ledger);
        (await ledger.TerminateServerAsync()).ShouldBe(0);
        ledger.PostgresRuns().ShouldBeFalse();

        await ledger.StartServerAsync();
        (await ledger.JsonAsync("release", "status", "shop/1.0.0")).GetProperty("verdict").GetString().ShouldBe("PENDING");
        (await ledger.RunAsync("audit")).Exit.ShouldBe(0);
    }

    private static async Task PrepareAsync(Installation ledger)
    {
        var policy = Path.Combine(Repository.Root, "schema", "policies", "web-service.yaml");
        (await ledger.RunAsync("policy", "publish", policy)).Exit.ShouldBe(0);
        (await ledger.RunAsync(
            "release", "open", "shop/1.0.0", "--policy", "web-service", "--commit", "4be1c0ffee1",
            "--artifact", "shop=sha256:8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20")).Exit.ShouldBe(0);
    }

    private static async Task AttestAsync(Installation ledger, ConcurrentDictionary<string, HttpStatusCode?> journal, string note)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/releases/shop/1.0.0/gates/on-call/attestations")
        {
            Content = new StringContent($$"""{"note":"{{note}}"}""", new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ledger.Token("release-manager"));
        request.Headers.Add("Idempotency-Key", note);
        try
        {
            using var answer = await ledger.Client.SendAsync(request);
            journal[note] = answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            journal[note] = null;
            await Task.Delay(20);
        }
    }

    private static async Task<List<string>> NotesAsync(Installation ledger)
    {
        var notes = new List<string>();
        string? after = "0";
        while (after is not null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/releases/shop/1.0.0/history?limit=500&after={after}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ledger.Token("auditor"));
            using var answer = await ledger.Client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            notes.AddRange(page.RootElement.GetProperty("events").EnumerateArray()
                .Where(stored => stored.GetProperty("type").GetString() == "gate_attested")
                .Select(stored => stored.GetProperty("data").GetProperty("note").GetString()!));
            after = page.RootElement.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        return notes;
    }
}
