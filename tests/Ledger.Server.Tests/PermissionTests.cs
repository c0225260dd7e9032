using System.Net;
using Ledger.Domain.Actors;
using Ledger.Server.Tests.SignOffs;

namespace Ledger.Server.Tests;

[Collection(ServerCollection.Name)]
public sealed class PermissionTests(RunningServer server)
{
    private static readonly (string Command, string[] Roles)[] Matrix =
    [
        ("open", ["release-manager", "admin"]),
        ("report", ["ci", "release-manager", "admin"]),
        ("attest", ["release-manager", "signer", "admin"]),
        ("waive", ["release-manager", "admin"]),
        ("close", ["release-manager", "admin"]),
        ("keep-event", ["ci", "release-manager", "admin"]),
        ("alerts", ["ci", "release-manager", "admin"]),
        ("publish", ["compliance", "admin"]),
        ("enrol", ["compliance", "admin"]),
        ("change-signer", ["compliance", "admin"]),
        ("add-key", ["compliance", "admin"]),
        ("revoke-key", ["compliance", "admin"]),
        ("sign", ["signer"]),
        ("withdraw", ["signer", "compliance", "admin"]),
        ("decide", ["release-manager", "admin"]),
        ("token", ["admin"]),
        ("audit", ["auditor", "compliance", "admin"]),
    ];

    public static TheoryData<string, string, bool> EveryCell
    {
        get
        {
            var cells = new TheoryData<string, string, bool>();
            foreach (var (command, roles) in Matrix)
                foreach (var role in Roles.All) cells.Add(role.Name(), command, roles.Contains(role.Name()));
            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(EveryCell))]
    public async Task Each_role_may_do_what_it_is_for_and_nothing_else_is_appended(string role, string command, bool allowed)
    {
        var release = command is "sign" or "withdraw" or "decide" ? await SignedRelease.OpenAsync(server) : await server.OpenAsync("matrix");
        var prepared = await PrepareAsync(command, release);
        var before = await server.CausedAsync();
        var answer = await SendAsync(server.Client(role), command, release, role, prepared);
        if (allowed)
        {
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
            return;
        }

        await answer.ShouldBeProblemAsync(403, "role_not_allowed");
        (await server.CausedAsync()).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(EveryRole))]
    public async Task Every_role_reads_releases_policies_and_the_log(string role)
    {
        var release = await server.OpenAsync();
        string[] ofTheRelease = [release, $"{release}/history", $"{release}/sign-offs", $"{release}/sign-offs/preparation", $"{release}/sign-offs/verification"];
        foreach (var path in (string[])["v1/releases", .. ofTheRelease, "v1/policies", "v1/policies/standard", "v1/signers", "v1/log", "v1/events/1", "v1/whoami"])
            (await server.Client(role).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
    }

    public static TheoryData<string> EveryRole => [.. Roles.All.Select(role => role.Name())];

    [Theory]
    [InlineData("v1/releases")]
    [InlineData("v1/releases/shop/v1")]
    [InlineData("v1/releases/shop/v1/history")]
    [InlineData("v1/releases/shop/v1/sign-offs")]
    [InlineData("v1/releases/shop/v1/sign-offs/preparation")]
    [InlineData("v1/releases/shop/v1/sign-offs/verification")]
    [InlineData("v1/signers")]
    [InlineData("v1/signers/alice")]
    [InlineData("v1/log/checkpoint/witnessed")]
    [InlineData("v1/log/checkpoint/timestamps")]
    [InlineData("v1/policies")]
    [InlineData("v1/policies/standard")]
    [InlineData("v1/evidence/sha256:00")]
    [InlineData("v1/events/1")]
    [InlineData("v1/proofs/inclusion?sequence=1")]
    [InlineData("v1/proofs/consistency?from=1")]
    [InlineData("v1/log")]
    [InlineData("v1/whoami")]
    [InlineData("tile/entries/000")]
    public async Task Without_a_token_nothing_is_read(string path)
    {
        var answer = await server.Client(null).GetAsync(path);
        await answer.ShouldBeProblemAsync(401, "token_missing");
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"ledger\"");
    }

    [Fact]
    public async Task A_token_that_is_not_good_is_named_as_what_it_is()
    {
        foreach (var bad in (string[])["x", "ldg_short", $"ldg_{new string('A', 43)}", $"ldg_{new string('=', 43)}", server.Token("admin") + "A"])
        {
            var answer = await server.WithToken(bad).GetAsync("v1/log");
            await answer.ShouldBeProblemAsync(401, "token_invalid");
            answer.Headers.WwwAuthenticate.ToString().ShouldContain("error=\"invalid_token\"");
        }

        var token = await server.MakeTokenAsync("ci", ["*"], DateTimeOffset.UtcNow.AddSeconds(1));
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        await (await server.WithToken(token).GetAsync("v1/log")).ShouldBeProblemAsync(401, "token_expired");
    }

    [Fact]
    public async Task A_token_counts_in_the_Authorization_header_alone()
    {
        var token = server.Token("admin");
        await (await server.Client(null).GetAsync($"v1/log?access_token={token}")).ShouldBeProblemAsync(401, "token_missing");
        using var basic = new HttpRequestMessage(HttpMethod.Get, "v1/log");
        basic.Headers.TryAddWithoutValidation("Authorization", $"Basic {token}");
        await (await server.Client(null).SendAsync(basic)).ShouldBeProblemAsync(401, "token_invalid");
        using var twice = new HttpRequestMessage(HttpMethod.Get, "v1/log");
        twice.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {token}", $"Bearer {token}"]);
        await (await server.Client(null).SendAsync(twice)).ShouldBeProblemAsync(401, "token_invalid");
    }

    [Fact]
    public async Task A_token_of_one_service_neither_changes_nor_sees_another()
    {
        var theirs = await server.OpenAsync("theirs");
        var theirsOpened = await server.SizeAsync();
        var ours = await server.OpenAsync("ours");
        var scoped = server.WithToken(await server.MakeTokenAsync("release-manager", ["ours"]));
        var before = await server.CausedAsync();

        await (await scoped.PostJsonAsync("v1/releases", RunningServer.OpenBody("theirs/v999"))).ShouldBeProblemAsync(403, "service_out_of_scope");
        foreach (var command in (string[])["report", "attest", "waive", "close", "sign", "withdraw", "decide", "keep-event", "alerts"])
            await (await SendAsync(scoped, command, theirs, "scoped", "{}")).ShouldBeProblemAsync(403, "service_out_of_scope");
        (await server.CausedAsync()).ShouldBe(before);

        await (await scoped.GetAsync(theirs)).ShouldBeProblemAsync(404, "release_unknown");
        foreach (var path in (string[])["history", "sign-offs", "sign-offs/preparation", "sign-offs/verification"])
            await (await scoped.GetAsync($"{theirs}/{path}")).ShouldBeProblemAsync(404, "release_unknown");
        await (await scoped.GetAsync($"v1/events/{theirsOpened}")).ShouldBeProblemAsync(404, "event_unknown");
        var listed = (await (await scoped.GetAsync("v1/releases")).JsonAsync()).GetProperty("releases").EnumerateArray().ToList();
        listed.ShouldAllBe(release => release.Text("service") == "ours");
        listed.Count.ShouldBeGreaterThan(0);
        (await (await scoped.GetAsync("v1/releases?service=theirs")).JsonAsync()).GetProperty("releases").GetArrayLength().ShouldBe(0);
        (await scoped.GetAsync(ours)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await scoped.GetAsync($"v1/evidence/{RunningServer.Artifact}")).ShouldBeProblemAsync(403, "service_out_of_scope");
    }

    [Fact]
    public async Task An_admin_gives_away_no_more_services_than_their_own()
    {
        var scoped = server.WithToken(await server.MakeTokenAsync("admin", ["ours"]));
        await (await scoped.PostJsonAsync("v1/tokens", """{"role":"ci","services":["*"],"subject":"greedy"}""")).ShouldBeProblemAsync(403, "service_out_of_scope");
        await (await scoped.PostJsonAsync("v1/tokens", """{"role":"ci","services":["theirs"],"subject":"greedy"}""")).ShouldBeProblemAsync(403, "service_out_of_scope");
        (await scoped.PostJsonAsync("v1/tokens", """{"role":"ci","services":["ours"],"subject":"modest"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>What a command needs beforehand; for some, its body.</summary>
    private async Task<string> PrepareAsync(string command, string release)
    {
        if (command is not ("enrol" or "change-signer" or "add-key" or "revoke-key" or "sign" or "withdraw")) return "{}";
        using var person = Person.Stranger();
        if (command == "enrol") return person.EnrolBody();
        using var signer = await Person.EnrolAsync(server, "lead", accounts: ["local-signer"]);
        if (command == "sign") return signer.Sign(await signer.ReadAsync(server, release, "technical"));
        if (command == "withdraw") await signer.SignAsync(server, release, "technical").ShouldBeCreatedAsync();
        var key = System.Text.Json.JsonSerializer.Serialize(person.Key.PublicKey.ExportSpkiPem());
        return $$"""{"signer":"{{signer.Id}}","old":"{{signer.KeyId}}","key":{{key}}}""";
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string command, string release, string role, string prepared)
    {
        var json = System.Text.Json.JsonElement.Parse(prepared);
        string Of(string name) => json.TryGetProperty(name, out var value) ? value.GetString()! : "nobody";
        return command switch
        {
            "enrol" => client.PostJsonAsync("v1/signers", prepared),
            "change-signer" => client.PostJsonAsync($"v1/signers/{Of("signer")}/changes", """{"roles":["lead"],"accounts":[],"reason":"r"}"""),
            "add-key" => client.PostJsonAsync($"v1/signers/{Of("signer")}/keys", $$"""{"publicKey":{{System.Text.Json.JsonSerializer.Serialize(Of("key"))}}}"""),
            "revoke-key" => client.PostJsonAsync($"v1/signers/{Of("signer")}/keys/{Of("old")}/revocation", """{"reason":"r"}"""),
            "sign" => client.PostJsonAsync($"{release}/sign-offs", prepared),
            "withdraw" => client.PostJsonAsync($"{release}/sign-offs/withdrawal", $$"""{"signer":"{{Of("signer")}}","reason":"r"}"""),
            "decide" => client.PostJsonAsync($"{release}/decision", """{"verdict":"NO_GO","reason":"r"}"""),
            _ => SendAsync(client, command, release, role),
        };
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string command, string release, string role) => command switch
    {
        "open" => client.PostJsonAsync("v1/releases", RunningServer.OpenBody($"matrix/{role}-{Guid.NewGuid():N}")),
        "report" => client.ReportAsync(release, RunningServer.PassingReport),
        "attest" => client.PostJsonAsync($"{release}/gates/review/attestations", """{"note":"seen"}"""),
        "waive" => client.PostJsonAsync($"{release}/gates/review/waivers", """{"owner":"lead","reason":"r","control":"c","until":"2999-01-01T00:00:00Z"}"""),
        "close" => client.PostJsonAsync($"{release}/close", """{"outcome":"abandoned","reason":"r"}"""),
        "keep-event" => client.PostAsync("v1/events", new StringContent(
            $$"""{"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"/matrix","type":"t","ledgerrelease":"{{release["v1/releases/".Length..]}}"}""",
            System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/cloudevents+json"))),
        "alerts" => client.PostJsonAsync($"{release}/alerts", """{"version":"4","alerts":[]}"""),
        "publish" => client.PostAsync("v1/policies", new StringContent(
            RunningServer.Policy.Replace("name: standard", $"name: matrix-{role}", StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/yaml")),
        "token" => client.PostJsonAsync("v1/tokens", """{"role":"ci","services":["shop"],"subject":"made"}"""),
        "audit" => client.PostAsync("v1/audit", null),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };
}
