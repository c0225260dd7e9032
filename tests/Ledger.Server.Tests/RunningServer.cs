using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Actors;
using Ledger.Server.Auth.IdentityProviders;
using Ledger.Server.Hosting;
using Ledger.Server.Tests.Auth;
using Npgsql;
using Serilog.Events;

namespace Ledger.Server.Tests;

/// <summary>One server over one embedded PostgreSQL for the whole run, asked over real connections. Each test works on releases of its own.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    public const string Commit = "98ee13c0aa11bb22cc33dd44ee55ff6677889900";
    public const string Artifact = "sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945";
    public const string PassingReport = """<testsuite name="unit" tests="1"><testcase name="adds" classname="Sums" time="0.5"/></testsuite>""";
    public const string FailingReport = """<testsuite name="unit" tests="1"><testcase name="adds" classname="Sums" time="0.5"><failure message="1 is not 2"/></testcase></testsuite>""";

    private static int s_releases;

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-server-tests-").FullName;
    private readonly LogCapture _log = new();
    private readonly Dictionary<string, string> _tokens = [];
    private LedgerServer? _server;

    /// <summary>An identity provider whose tokens the server takes.</summary>
    internal TestIssuer Issuer { get; } = new();

    internal LedgerServer Server => _server!;

    public string DataDirectory => Path.Combine(_folder, "data");

    public Uri Address => Server.Address;

    /// <summary>Everything that was logged so far.</summary>
    public string Log => _log.Text;

    public async Task InitializeAsync()
    {
        _log.Start();
        var settings = new ServerSettings
        {
            DataDirectory = DataDirectory, Port = 0, LogLevel = LogEventLevel.Debug, IdentityProviders = TestIssuer.Trust(new ProviderKeys(() => Task.FromResult(Issuer.KeySet()))),
        };
        _server = await LedgerServer.StartAsync(settings, TimeProvider.System, CancellationToken.None);
        foreach (var role in Roles.All) _tokens[role.Name()] = (await File.ReadAllTextAsync(Path.Combine(Server.Data.Tokens, $"{role.Name()}.token"))).Trim();
        (await PublishAsync(Policy)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    public async Task DisposeAsync()
    {
        var cluster = Server.Postgres!.HomeDirectory;
        await Server.DisposeAsync();
        Issuer.Dispose();
        if (Directory.Exists(cluster)) Directory.Delete(cluster, recursive: true);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A gate for a report, one for a person's word, one that can be waived, and a NO-GO condition.</summary>
    public const string Policy =
        """
        name: standard
        title: Standard release
        gates:
          - name: tests
            title: Unit tests
            tool: junit
            criteria:
              - { metric: tests.failed, comparator: "==", threshold: 0 }
          - name: review
            title: Review
            waivable: true
            checks:
              - { name: code, title: Code reviewed }
              - { name: docs, title: Documents reviewed }
        noGo:
          - name: incident
            title: An incident is open
        """;

    public HttpClient Client(string? role = "admin") => WithToken(role is null ? null : _tokens[role]);

    public HttpClient WithToken(string? token)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public string Token(string role) => _tokens[role];

    public Task<HttpResponseMessage> PublishAsync(string policy, string role = "admin", string mediaType = "application/yaml") =>
        Client(role).PostAsync("v1/policies", new StringContent(policy, Encoding.UTF8, mediaType));

    /// <summary>Opens a release of its own for a test, and answers its path.</summary>
    public async Task<string> OpenAsync(string service = "shop", string policy = "standard")
    {
        var release = $"{service}/v{Interlocked.Increment(ref s_releases)}";
        (await Client().PostJsonAsync("v1/releases", OpenBody(release, policy))).StatusCode.ShouldBe(HttpStatusCode.Created);
        return $"v1/releases/{release}";
    }

    public static string OpenBody(string release, string policy = "standard") =>
        $$"""{"release":"{{release}}","policy":"{{policy}}","commit":"{{Commit}}","artifacts":[{"name":"app","digest":"{{Artifact}}"}],"environment":"production"}""";

    /// <summary>A token made by the admin.</summary>
    public async Task<string> MakeTokenAsync(string role, string[] services, DateTimeOffset? expiresAt = null)
    {
        var body = new JsonObject { ["role"] = role, ["services"] = new JsonArray([.. services.Select(service => JsonValue.Create(service))]), ["subject"] = $"test-{role}" };
        if (expiresAt is { } end) body["expiresAt"] = end.ToString("O");
        var answer = await Client().PostJsonAsync("v1/tokens", body.ToJsonString());
        return (await answer.JsonAsync()).GetProperty("token").GetString()!;
    }

    /// <summary>How many events callers have caused. What the ledger does by itself when a deadline passes, of whatever test's release, is not among them.</summary>
    public async Task<long> CausedAsync()
    {
        await using var database = NpgsqlDataSource.Create(Server.Postgres!.ConnectionString);
        await using var command = database.CreateCommand("select count(*) from mt_events where headers -> 'actor' ->> 'id' <> 'ledger'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async Task<long> SizeAsync() => (await (await Client().GetAsync("v1/log")).JsonAsync()).GetProperty("size").GetInt64();
}

[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<RunningServer>
{
    public const string Name = "server";
}

internal static class HttpExtensions
{
    public static Task<HttpResponseMessage> PostJsonAsync(this HttpClient client, string path, string json, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> ReportAsync(this HttpClient client, string release, string report, string query = "", string gate = "tests", string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{release}/gates/{gate}/reports{query}") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(report)) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    /// <summary>Checks that the answer is a problem of this kind, complete, and returns it.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonElement.Parse(text);
        problem.GetProperty("code").GetString().ShouldBe(code, text);
        problem.GetProperty("type").GetString().ShouldBe($"urn:ledger:problem:{code.Replace('_', '-')}");
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("correlationId").GetString().ShouldBe(answer.Headers.GetValues("X-Correlation-Id").Single());
        return problem;
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
