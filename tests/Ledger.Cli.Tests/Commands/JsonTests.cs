using System.Text.Json;
using Ledger.Cli.Tests.Support;

namespace Ledger.Cli.Tests.Commands;

/// <summary>With <c>--json</c>, standard output is one JSON document or empty, whatever happens.</summary>
public sealed class JsonTests
{
    private static readonly TestLog Log = Answers.Log;

    private static readonly Dictionary<string, (string Target, string Answer)> Answered = new()
    {
        ["policy publish shop.yaml"] = ("POST /v1/policies", $$"""{"policy":{{Answers.Policy}},"receipt":{{Answers.Receipt}}}"""),
        ["policy list"] = ("GET /v1/policies", """{"policies":[]}"""),
        ["policy show shop"] = ("GET /v1/policies/shop", $$"""{"policy":{{Answers.Policy}},"document":{"name":"shop"} }"""),
        [$"release open shop/v1 --policy shop --commit 0a1b2c3d --artifact a=sha256:{Answers.Hash}"] = ("POST /v1/releases", Answers.Recorded()),
        ["release list"] = ("GET /v1/releases?limit=50", """{"releases":[]}"""),
        ["release status shop/v1.0.0"] = ("GET /v1/releases/shop/v1.0.0", Answers.NoGo),
        ["release history shop/v1.0.0"] = ("GET /v1/releases/shop/v1.0.0/history?limit=500", $$"""{"release":"shop/v1.0.0","events":[{{Answers.Past(1, "release_opened", "{}")}}]}"""),
        ["release close shop/v1 --outcome failed --reason x"] = ("POST /v1/releases/shop/v1/close", Answers.Recorded()),
        ["gate report shop/v1 load k6.json"] = ("POST /v1/releases/shop/v1/gates/load/reports", Answers.Reported("failed", "", "NO_GO")),
        ["gate attest shop/v1 load --note x"] = ("POST /v1/releases/shop/v1/gates/load/attestations", Answers.Recorded("\"gate\":\"load\",\"met\":true,\"gateOutcome\":\"passed\",\"verdict\":\"GO\",")),
        ["gate waive shop/v1 load --owner a --reason b --control c --until 1d"] =
            ("POST /v1/releases/shop/v1/gates/load/waivers", Answers.Recorded("\"gate\":\"load\",\"until\":\"2026-02-01T12:00:00Z\",\"gateOutcome\":\"waived\",\"verdict\":\"GO\",")),
        ["assert go shop/v1.0.0"] = ("GET /v1/releases/shop/v1.0.0", Answers.NoGo),
        ["audit"] = ("POST /v1/audit", """{"sound":true,"events":0,"treeSize":0,"root":"","problems":[],"elapsedMs":0}"""),
        ["token new --role ci --service shop"] = ("POST /v1/tokens", """{"token":"ldg_new","subject":"ci","role":"ci","services":["shop"]}"""),
        ["whoami"] = ("GET /v1/whoami", """{"subject":"ada","role":"auditor","services":["*"]}"""),
        ["proof 2"] = ("GET /v1/events/2", Log.LoggedEvent(1)),
    };

    public static TheoryData<string> Commands => [.. Answered.Keys];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task An_answer_is_passed_on_whole(string command)
    {
        await using var server = Server(command);
        using var shell = At(server);

        var ran = await shell.RunAsync($"{command} --json");

        ran.ExitCode.ShouldBe(command.StartsWith("assert", StringComparison.Ordinal) ? 1 : 0);
        ran.Out.ShouldEndWith("}\n");
        if (command.StartsWith("proof", StringComparison.Ordinal)) ran.Json.GetProperty("verified").GetBoolean().ShouldBeTrue();
        else JsonElement.DeepEquals(ran.Json, JsonDocument.Parse(Answered[command].Answer).RootElement).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_refusal_is_the_servers_problem_document(string command)
    {
        await using var server = new ScriptedServer().On(Answered[command].Target, Reply.Problem(403, "role_not_allowed", "Not you."));
        using var shell = At(server);

        var ran = await shell.RunAsync($"{command} --json");

        ran.Json.GetProperty("code").GetString().ShouldBe("role_not_allowed");
        ran.Error.ShouldStartWith("ledger: not you\n");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_server_that_cannot_be_believed_is_a_problem_too(string command)
    {
        await using var server = new ScriptedServer().On(Answered[command].Target, Reply.Ok("""{"a":1}"""));
        using var shell = At(server);

        var ran = await shell.RunAsync($"{command} --json");

        ran.ExitCode.ShouldBe(3);
        ran.Json.GetProperty("code").GetString().ShouldBe("answer_garbled");
    }

    [Fact]
    public async Task Control_characters_of_others_are_escaped()
    {
        await using var server = Server("whoami", "{\"subject\":\"a\\u001b[2J\u009b\",\"role\":\"auditor\",\"services\":[]}");
        using var shell = At(server);

        (await shell.RunAsync("whoami --json")).Out.ShouldContain("""a\u001B[2J\u009B""");
    }

    private static ScriptedServer Server(string command, string? answer = null)
    {
        var (target, preset) = Answered[command];
        return new ScriptedServer()
            .On("GET /v1/proofs/inclusion?sequence=2&treeSize=12", Reply.Ok(Log.Inclusion(1)))
            .On(target, Reply.Json(target.StartsWith("POST", StringComparison.Ordinal) ? 201 : 200, answer ?? preset));
    }

    private static Shell At(ScriptedServer server)
    {
        var shell = Shell.At(server);
        shell.Write("shop.yaml", "name: shop\n");
        shell.Write("k6.json", "{}");
        return shell;
    }
}
