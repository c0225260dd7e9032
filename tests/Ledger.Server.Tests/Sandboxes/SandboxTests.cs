using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ledger.Server.Hosting;

namespace Ledger.Server.Tests.Sandboxes;

/// <summary>A server of its own whose times are given. The other one of the run is a real ledger.</summary>
[Collection(ServerCollection.Name)]
public sealed class SandboxTests(RunningServer real) : IAsyncLifetime
{
    private const string Policy =
        """
        name: timed
        title: With deadlines
        gates:
          - name: review
            title: Review
        analyses:
          - { name: errors, title: Errors, metric: error_rate, comparator: "<", threshold: 0.5%, interval: 30s }
        deployment:
          strategy: canary
          steps:
            - { name: canary, title: Canary, weight: 10%, duration: 5min, analyses: [errors] }
            - { name: full, title: Full, weight: 100% }
        rollback:
          rules:
            - { name: in-a-row, title: 2 consecutive analysis failures, consecutiveFailures: 2 }
          silenceLimit: 2min
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-sandbox-").FullName;
    private LedgerServer? _server;

    private ServerSettings Settings => new() { DataDirectory = Path.Combine(_folder, "data"), Port = 0, Sandbox = true };

    public async Task InitializeAsync() => _server = await LedgerServer.StartAsync(Settings, TimeProvider.System, CancellationToken.None);

    public async Task DisposeAsync()
    {
        var cluster = _server!.Postgres!.HomeDirectory;
        await _server.DisposeAsync();
        if (Directory.Exists(cluster)) Directory.Delete(cluster, recursive: true);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Deadlines_that_fall_between_two_times_take_effect_first_each_at_its_own()
    {
        var client = Client();
        await HoldAsync("2023-11-19T21:00:00Z");
        (await client.PostAsync("v1/policies", new StringContent(Policy, Encoding.UTF8, "application/yaml"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        foreach (var version in (string[])["shop/v1", "cart/v1"])
        {
            (await client.PostJsonAsync("v1/releases", RunningServer.OpenBody(version, "timed"))).StatusCode.ShouldBe(HttpStatusCode.Created);
            foreach (var (path, body) in ((string, string)[])[
                ("gates/review/attestations", """{"note":"seen"}"""), ("decision", """{"verdict":"GO"}"""),
                ("deployment/start", $$"""{"commit":"{{RunningServer.Commit}}"}"""), ("deployment/steps/canary/start", "{}")])
            {
                (await client.PostJsonAsync($"v1/releases/{version}/{path}", body)).StatusCode.ShouldBe(HttpStatusCode.Created, path);
            }

            await HoldAsync("2023-11-19T21:00:10Z");
        }

        await HoldAsync("2023-11-19T21:10:00Z");
        (await HistoryAsync("shop/v1")).Skip(4).Select(Told).ShouldBe(
        [
            "canary_step_started 2023-11-19T21:00:00.000000Z", "deadline_passed 2023-11-19T21:01:00.000000Z", "deadline_passed 2023-11-19T21:02:00.000000Z",
            "deadline_passed 2023-11-19T21:05:00.000000Z",
        ]);
        (await HistoryAsync("cart/v1")).Skip(5).Select(Told).ShouldBe(
            ["deadline_passed 2023-11-19T21:01:10.000000Z", "deadline_passed 2023-11-19T21:02:10.000000Z", "deadline_passed 2023-11-19T21:05:10.000000Z"]);
        var status = await (await client.GetAsync("v1/releases/shop/v1")).JsonAsync();
        status.Text("at").ShouldBe("2023-11-19T21:10:00.000000Z");

        // The log says itself that its times were given, and stands there again after a restart.
        var moved = JsonElement.Parse((await LastAsync()).Text("leaf"));
        (moved.Text("type"), moved.GetProperty("data").Text("from"), moved.GetProperty("data").Text("to"))
            .ShouldBe(("sandbox_clock_set", "2023-11-19T21:00:10.000000Z", "2023-11-19T21:10:00.000000Z"));
        await _server!.DisposeAsync();
        await InitializeAsync();
        (await (await Client().GetAsync("v1/releases/shop/v1")).JsonAsync()).Text("at").ShouldBe("2023-11-19T21:10:00.000000Z");
        (await (await Client().PostAsync("v1/audit", null)).JsonAsync()).GetProperty("sound").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Time_goes_forward_once_for_a_key_and_runs_again()
    {
        await (await PutAsync(Client(), """{"time":"1969-12-31T23:59:59Z"}""")).ShouldBeProblemAsync(409, "clock_set_back");
        await HoldAsync("2023-11-19T21:00:00Z");
        var size = await SizeAsync();
        (await HoldAsync("2023-11-19T21:00:00Z", "again")).Text("time").ShouldBe("2023-11-19T21:00:00.000000Z");
        await HoldAsync("2023-11-19T21:00:00Z", "again");
        (await SizeAsync()).ShouldBe(size + 1);
        var back = await (await PutAsync(Client(), """{"time":"2023-11-19T20:59:59Z"}""")).ShouldBeProblemAsync(409, "clock_set_back");
        back.Text("detail").ShouldContain("2023-11-19T21:00:00.000000Z");
        await (await PutAsync(Client(), """{"time":"2300-01-01T00:00:00Z"}""")).ShouldBeProblemAsync(422, "clock_out_of_range");

        // Tokens go by the real clock: one that ended in the meantime is not good again.
        (await HoldAsync(null)).TryGetProperty("time", out _).ShouldBeFalse();
        DateTimeOffset.Parse((await LastAsync()).Text("at"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await (await PutAsync(Client("ci"), """{"time":null}""")).ShouldBeProblemAsync(403, "role_not_allowed");
        await (await PutAsync(Client(), """{"time":"tomorrow"}""")).ShouldBeProblemAsync(400, "body_malformed");
        await (await PutAsync(Client(), "{}")).ShouldBeProblemAsync(400, "body_malformed");
    }

    [Fact]
    public async Task A_sandbox_says_so_by_its_origin_and_passes_for_no_other_ledger()
    {
        (await (await Client().GetAsync("v1/log")).JsonAsync()).Text("origin").ShouldMatch(@"\Asandbox\.ledger\.local/[0-9a-f]{8}\z");
        await (await PutAsync(real.Client(), """{"time":"2023-11-19T21:00:00Z"}""")).ShouldBeProblemAsync(409, "not_a_sandbox");

        (await ShouldNotStartAsync(Settings with { Sandbox = false })).ShouldContain("Ledger__Sandbox=true");
        (await ShouldNotStartAsync(Settings with { Origin = "ledger.example/log", DataDirectory = Path.Combine(_folder, "other") })).ShouldContain("begins with 'sandbox.'");
        (await ShouldNotStartAsync(Settings with { Origin = "sandbox.example/log", Sandbox = false, DataDirectory = Path.Combine(_folder, "other") })).ShouldContain("is a sandbox's");
    }

    private static async Task<string> ShouldNotStartAsync(ServerSettings settings) =>
        (await Should.ThrowAsync<InvalidDataException>(LedgerServer.StartAsync(settings, TimeProvider.System, CancellationToken.None))).Message;

    private static string Told(JsonElement happened) => $"{happened.Text("type")} {happened.Text("at")}";

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string json, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "v1/sandbox/clock") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    private async Task<JsonElement> HoldAsync(string? time, string? key = null)
    {
        var answer = await PutAsync(Client(), JsonSerializer.Serialize(new { time }), key);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    private async Task<List<JsonElement>> HistoryAsync(string release) =>
        [.. (await (await Client().GetAsync($"v1/releases/{release}/history?limit=100")).JsonAsync()).GetProperty("events").EnumerateArray()];

    private async Task<JsonElement> LastAsync() => await (await Client().GetAsync($"v1/events/{await SizeAsync()}")).JsonAsync();

    private async Task<long> SizeAsync() => (await (await Client().GetAsync("v1/log")).JsonAsync()).GetProperty("size").GetInt64();

    private HttpClient Client(string role = "admin")
    {
        var client = new HttpClient { BaseAddress = _server!.Address, Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(_server.Data.Tokens, $"{role}.token")).Trim());
        return client;
    }
}
