using Ledger.Cli.Tests.Support;

namespace Ledger.Cli.Tests.Server;

/// <summary>A command is recorded once, however bad the connection; and nobody is told that it was when that is not known.</summary>
public sealed class RetryTests
{
    private const string Target = "POST /v1/releases/shop/v1.0.0/close";
    private const string Close = "release close shop/v1.0.0 --outcome succeeded --reason done";
    private static readonly Reply Recorded = Reply.Created(Answers.Recorded());
    private static readonly Reply NotNow = Reply.Problem(503, "unavailable", "the database does not answer; nothing was done", more: ",\"outcomeUnknown\":false");
    private static readonly Reply WhoKnows = Reply.Problem(503, "unavailable", "the database did not answer", more: ",\"outcomeUnknown\":true");

    [Fact]
    public async Task It_tries_again_with_the_same_key_until_it_is_recorded()
    {
        await using var server = new ScriptedServer().On(Target, NotNow, Reply.Reset, Reply.Html(502), Reply.CutOff("{}"), WhoKnows, Recorded);
        using var shell = Shell.At(server);

        var ran = await shell.RunAsync($"{Close} --timeout 20s");

        ran.ExitCode.ShouldBe(0);
        server.Requests.Count.ShouldBe(6);
        server.Requests.Select(request => request.Key).Distinct().ShouldHaveSingleItem().ShouldNotBeNullOrEmpty();
        server.Requests.Select(request => request.Text).Distinct().ShouldHaveSingleItem().ShouldBe("""{"outcome":"succeeded","reason":"done"}""");
    }

    [Fact]
    public async Task Every_command_has_a_key_of_its_own_or_the_one_it_was_given()
    {
        await using var server = new ScriptedServer().On(Target, Recorded);
        using var shell = Shell.At(server);

        await shell.RunAsync(Close);
        await shell.RunAsync(Close);
        await shell.RunAsync($"{Close} --idempotency-key my-key");

        var keys = server.Requests.Select(request => request.Key).ToList();
        keys[0].ShouldNotBe(keys[1]);
        keys[2].ShouldBe("my-key");
    }

    [Fact]
    public async Task When_time_is_up_it_says_that_nothing_was_recorded_if_that_is_certain()
    {
        var ran = await RunAsync("1s", NotNow);

        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldStartWith("ledger: the database does not answer; nothing was done; nothing was recorded\n");
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("reset")]
    [InlineData("unknown, then certain")]
    [InlineData("502")]
    public async Task When_time_is_up_it_says_that_nobody_knows_and_how_to_find_out(string what)
    {
        var ran = await RunAsync("1s", what switch
        {
            "silence" => [Reply.Silence],
            "reset" => [Reply.Reset],
            "502" => [Reply.Html(502)],
            _ => [WhoKnows, NotNow],
        });

        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldContain("; whether it was recorded is unknown\n");
        ran.Error.ShouldContain("hint: give the same command again with --idempotency-key the-key");
    }

    [Fact]
    public async Task How_to_find_out_has_the_times_that_spans_came_to()
    {
        await using var server = new ScriptedServer().On("POST /v1/releases/shop/v1/gates/load/waivers", Reply.Silence);
        using var shell = Shell.At(server);

        var ran = await shell.RunAsync("gate waive shop/v1 load --owner a --reason b --control c --until 7d --idempotency-key the-key --timeout 1s");

        ran.Error.ShouldContain("hint: give the same command again with --idempotency-key the-key --until 2026-02-07T12:00:00.000000Z: it is recorded once");
    }

    [Fact]
    public async Task Nothing_was_recorded_when_nobody_ever_listened()
    {
        using var shell = new Shell();
        shell.Variables["LEDGER_URL"] = "http://127.0.0.1:1";

        var ran = await shell.RunAsync($"{Close} --timeout 1s");

        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldStartWith("ledger: cannot reach the ledger at https://ledger.test: connection refused; nothing was recorded\n");
    }

    [Fact]
    public async Task A_refusal_is_final_and_settles_what_went_before()
    {
        var ran = await RunAsync("20s", Reply.Reset, Reply.Problem(409, "release_closed", "It is closed.", "nothing more can be said of it"));

        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldBe("ledger: it is closed\nhint: nothing more can be said of it\n");
    }

    [Fact]
    public async Task A_refusal_to_listen_does_not_settle_what_went_before()
    {
        var ran = await RunAsync("20s", Reply.Reset, Reply.Problem(401, "token_expired", "The token has expired."));

        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldContain("whether it was recorded is unknown");
    }

    [Theory]
    [InlineData("""{"receipt":{"sequence":0,"leafIndex":-1,"leafHash":"","treeSize":0,"checkpoint":""}}""")]
    [InlineData("""{"receipt":{"sequence":5,"leafIndex":5,"leafHash":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","treeSize":6,"checkpoint":"x"}}""")]
    [InlineData("""{"receipt":{"sequence":5,"leafIndex":4,"leafHash":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","treeSize":4,"checkpoint":"x"}}""")]
    [InlineData("""{"receipt":null}""")]
    [InlineData("{}")]
    [InlineData("<html>")]
    public async Task An_answer_without_a_place_in_the_log_is_not_a_record(string answer)
    {
        var ran = await RunAsync("5s", Reply.Created(answer));

        ran.ExitCode.ShouldBe(3);
        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldContain("whether it was recorded is unknown");
        ran.Error.ShouldContain("--idempotency-key the-key");
    }

    [Fact]
    public async Task It_waits_as_long_as_the_server_asks_for()
    {
        await using var server = new ScriptedServer().On(Target, Reply.Problem(503, "unavailable", "Not now.", more: ",\"outcomeUnknown\":false", headers: "Retry-After: 60"), Recorded);
        using var shell = Shell.At(server);

        var ran = await shell.RunAsync($"{Close} --timeout 1s");

        ran.ExitCode.ShouldBe(3);
        server.Requests.Count.ShouldBe(1);
    }

    private static async Task<Ran> RunAsync(string timeout, params Reply[] replies)
    {
        await using var server = new ScriptedServer().On(Target, replies);
        using var shell = Shell.At(server);
        return await shell.RunAsync($"{Close} --idempotency-key the-key --timeout {timeout}");
    }
}
