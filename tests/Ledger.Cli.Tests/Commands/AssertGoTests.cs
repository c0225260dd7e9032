using Ledger.Cli.Tests.Support;

namespace Ledger.Cli.Tests.Commands;

/// <summary>The command that stops pipelines: whatever goes wrong, it must not say yes.</summary>
public sealed class AssertGoTests
{
    private const string Target = "GET /v1/releases/shop/v1.0.0";

    [Fact]
    public async Task It_exits_0_for_go()
    {
        var ran = await AskAsync(Reply.Ok(Answers.Go));

        ran.ExitCode.ShouldBe(0);
        ran.Out.ShouldBe("GO  shop/v1.0.0\n");
    }

    [Fact]
    public async Task It_exits_1_for_no_go_and_pending_and_gives_the_reasons()
    {
        (await AskAsync(Reply.Ok(Answers.NoGo))).ShouldSatisfyAllConditions(ran => ran.ExitCode.ShouldBe(1), ran => ran.Out.ShouldContain("measured 162.5"));
        (await AskAsync(Reply.Ok(Answers.Pending))).ShouldSatisfyAllConditions(ran => ran.ExitCode.ShouldBe(1), ran => ran.Out.ShouldContain("no k6 report has come in"));
    }

    [Fact]
    public async Task It_exits_1_for_a_release_that_the_ledger_does_not_know() =>
        (await AskAsync(Reply.Problem(404, "release_unknown", "There is no release."))).ExitCode.ShouldBe(1);

    public static TheoryData<string, string> Unbelievable => new()
    {
        { "another release", Answers.Status("GO", "", "passed", release: "shop/v2.0.0") },
        { "a verdict nobody knows", Answers.Status("GO!", "", "passed") },
        { "a verdict in lower case", Answers.Status("go", "", "passed") },
        { "a reason against it", Answers.Status("GO", Answers.LoadFailed, "passed") },
        { "a failed gate", Answers.Status("GO", "", "failed") },
        { "a pending gate", Answers.Status("GO", "", "pending") },
        { "an outcome nobody knows", Answers.Status("GO", "", "fine") },
        { "a NO-GO condition that is there", Answers.Status("GO", "", "passed", incident: "present") },
        { "a NO-GO condition nobody looked for", Answers.Status("GO", "", "passed", incident: "not_evaluated") },
        { "no required gate", Answers.Go.Replace("\"required\":true", "\"required\":false", StringComparison.Ordinal) },
        { "no gates at all", """{"release":"shop/v1.0.0","verdict":"GO"}""" },
        { "two verdicts", Answers.Go.Replace("\"verdict\":\"GO\"", "\"verdict\":\"NO_GO\",\"verdict\":\"GO\"", StringComparison.Ordinal) },
        { "null for a gate", Answers.Go.Replace("\"gates\":[", "\"gates\":[null,", StringComparison.Ordinal) },
        { "null for the reasons", Answers.Go.Replace("\"reasons\":[]", "\"reasons\":null", StringComparison.Ordinal) },
        { "a list", $"[{Answers.Go}]" },
        { "a text", "\"GO\"" },
        { "half of it", Answers.Go[..^40] },
        { "nothing", "" },
        { "something after it", Answers.Go + "x" },
        { "no-go without a reason", Answers.Status("NO_GO", "", "failed") },
    };

    [Theory]
    [MemberData(nameof(Unbelievable))]
    public async Task It_exits_3_for_an_answer_with(string what, string answer)
    {
        var ran = await AskAsync(Reply.Ok(answer));

        ran.ExitCode.ShouldBe(3, what);
        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldStartWith("ledger: the server's answer cannot be believed");
    }

    public static TheoryData<string> Silent => ["silence", "reset", "cut off", "html 404", "html 200", "redirect", "204", "201", "401", "403", "404 of another kind", "500", "503"];

    [Theory]
    [MemberData(nameof(Silent))]
    public async Task It_exits_3_when_the_server_answers_with(string what)
    {
        var ran = await AskAsync(
            what switch
            {
                "silence" => Reply.Silence,
                "reset" => Reply.Reset,
                "cut off" => Reply.CutOff(Answers.Go),
                "html 404" => Reply.Html(404),
                "html 200" => Reply.Html(200),
                "redirect" => Reply.Raw("HTTP/1.1 302 Found\r\nLocation: /v1/elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
                "204" => Reply.Raw("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"),
                "201" => Reply.Created(Answers.Go),
                "401" => Reply.Problem(401, "token_expired", "The token has expired."),
                "403" => Reply.Problem(403, "service_out_of_scope", "Not yours."),
                "404 of another kind" => Reply.Problem(404, "route_unknown", "Nothing here."),
                "500" => Reply.Problem(500, "unexpected", "It failed."),
                _ => Reply.Problem(503, "unavailable", "Not now."),
            });

        ran.ExitCode.ShouldBe(3);
        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldStartWith("ledger: ");
    }

    [Fact]
    public async Task It_exits_3_when_nobody_listens_or_nobody_may_ask()
    {
        using var shell = new Shell();
        shell.Variables["LEDGER_URL"] = "http://127.0.0.1:1";
        (await shell.RunAsync("assert go shop/v1.0.0")).ShouldSatisfyAllConditions(ran => ran.ExitCode.ShouldBe(3), ran => ran.Error.ShouldContain("connection refused"));

        shell.Variables.Remove("LEDGER_TOKEN");
        (await shell.RunAsync("assert go shop/v1.0.0")).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task It_asks_once_and_lets_nothing_answer_from_memory()
    {
        await using var server = new ScriptedServer().On(Target, Reply.Problem(503, "unavailable", "Not now."), Reply.Ok(Answers.Go));
        using var shell = Shell.At(server);

        (await shell.RunAsync("assert go shop/v1.0.0")).ExitCode.ShouldBe(3);

        server.Requests.ShouldHaveSingleItem().Headers["Cache-Control"].ShouldBe("no-cache");
    }

    private static async Task<Ran> AskAsync(Reply reply)
    {
        await using var server = new ScriptedServer().On(Target, reply);
        using var shell = Shell.At(server);
        return await shell.RunAsync("assert go shop/v1.0.0 --timeout 1s");
    }
}
