using Ledger.Cli.Tests.Support;

namespace Ledger.Cli.Tests.Commands;

/// <summary>What goes to the server, word for word.</summary>
public sealed class RequestTests
{
    private const string Digest = $"sha256:{Answers.Hash}";

    [Fact]
    public async Task Opening_sends_everything_that_was_typed_with_spans_made_times()
    {
        var sent = await SentAsync(
            "POST /v1/releases", Reply.Created(Answers.Recorded()),
            $"release open shop/v1.0.0+build --policy shop --policy-version 2 --commit 0a1b2c3d --artifact registry/shop={Digest} a=b={Digest} --tag v1 --environment staging "
            + "--window 2026-01-31T22:00:00Z/4h --decide-by 12h --summary 'Cheaper <b>' --risk low");

        sent.Text.ShouldBe(
            $$"""
            {"release":"shop/v1.0.0\u002Bbuild","policy":"shop","policyVersion":2,"commit":"0a1b2c3d","tag":"v1",
            "artifacts":[{"name":"registry/shop","digest":"{{Digest}}"},{"name":"a=b","digest":"{{Digest}}"}],"environment":"staging",
            "window":{"start":"2026-01-31T22:00:00.000000Z","end":"2026-02-01T02:00:00.000000Z"},"decideBy":"2026-02-01T00:00:00.000000Z",
            "summary":"Cheaper \u003Cb\u003E","risk":"low"}
            """.ReplaceLineEndings(""));
        sent.Headers["Content-Type"].ShouldBe("application/json");
    }

    [Fact]
    public async Task Attesting_sends_what_was_left_out_as_left_out() =>
        (await SentAsync("POST /v1/releases/shop/v1/gates/load/attestations", Reply.Html(404), "gate attest shop/v1 load --note seen")).Text.ShouldBe("""{"met":true,"note":"seen"}""");

    [Fact]
    public async Task Attesting_sends_checks_and_that_they_are_not_met() =>
        (await SentAsync(
            "POST /v1/releases/shop/v1/gates/load/attestations", Reply.Html(404),
            "gate attest shop/v1 load --check a b --check c --not-met --note seen --evidence https://x --supersede 'looked again'")).Text.ShouldBe(
            """{"checks":["a","b","c"],"met":false,"note":"seen","evidence":"https://x","supersede":"looked again"}""");

    [Theory]
    [InlineData("deployment/start", "canary start shop/v1 --commit 0a1b2c3d --at 2026-01-31T11:00:00Z --seen-by argo", """{"commit":"0a1b2c3d","artifacts":[],"observed":{"at":"2026-01-31T11:00:00.000000Z","source":"argo"}}""")]
    [InlineData("deployment/steps/ten/start", "canary step shop/v1 ten", "{}")]
    [InlineData("deployment/steps/ten/complete", "canary complete shop/v1 ten", "{}")]
    [InlineData("deployment/measurements", "canary measure shop/v1 p95=0.2s up=none --because away --baseline",
        """{"measurements":[{"metric":"p95","at":"2026-01-31T12:00:00.000000Z","source":"ledger-cli","unit":"ms","value":200,"baseline":true},{"metric":"up","at":"2026-01-31T12:00:00.000000Z","source":"ledger-cli","unit":"count","because":"away","baseline":true}]}""")]
    [InlineData("deployment/abort", "canary abort shop/v1 --reason r", """{"reason":"r"}""")]
    [InlineData("deployment/traffic", "canary traffic shop/v1 --to blue --away", """{"to":"blue","toRelease":false}""")]
    [InlineData("rollback/start", "rollback start shop/v1 --reason r --cause emergency --person ada", """{"cause":"emergency","reason":"r","person":"ada"}""")]
    [InlineData("rollback/verify", "rollback verify shop/v1 --note n --not-working", """{"works":false,"note":"n"}""")]
    [InlineData("rollback/rehearsals", "rollback rehearse shop/v1 --took 3.5min --note n --check a --measurement rollback.duration=210s",
        """{"durationMs":210000,"note":"n","checks":["a"],"measurements":[{"name":"rollback.duration","value":210000,"unit":"ms"}]}""")]
    [InlineData("post-deployment/checks", "post check shop/v1 burn --source prometheus --value 3%", """{"list":"watch","check":"burn","source":"prometheus","value":0.03,"unit":"ratio"}""")]
    [InlineData("post-deployment/checks", "post check shop/v1 gates --source ada --not-met --note n --success", """{"list":"success","check":"gates","source":"ada","met":false,"note":"n"}""")]
    public async Task What_a_rollout_does_is_sent_as_it_was_typed(string path, string typed, string body) =>
        (await SentAsync($"POST /v1/releases/shop/v1/{path}", Reply.Html(404), typed)).Text.ShouldBe(body);

    [Fact]
    public async Task An_event_is_sent_with_the_release_that_was_named_for_it()
    {
        await using var server = new ScriptedServer();
        using var shell = Shell.At(server);
        shell.Write("batch.json", """ [{"specversion":"1.0","id":"1","source":"/ci","type":"t"},{"specversion":"1.0","id":"2","source":"/ci","type":"t"}]""");

        await shell.RunAsync("event send batch.json --release shop/v1");

        server.Requests[0].Text.ShouldBe(
            """[{"specversion":"1.0","id":"1","source":"/ci","type":"t","ledgerrelease":"shop/v1"},{"specversion":"1.0","id":"2","source":"/ci","type":"t","ledgerrelease":"shop/v1"}]""");
        server.Requests[0].Headers["Content-Type"].ShouldBe("application/cloudevents-batch+json");
    }

    [Fact]
    public async Task Waiving_sends_the_end_as_a_time() =>
        (await SentAsync("POST /v1/releases/shop/v1/gates/load/waivers", Reply.Html(404), "gate waive shop/v1 load --owner ada --reason b --control c --until 7d")).Text.ShouldBe(
            """{"owner":"ada","reason":"b","control":"c","until":"2026-02-07T12:00:00.000000Z"}""");

    [Fact]
    public async Task A_token_has_its_roles_name_unless_another_is_given() =>
        (await SentAsync("POST /v1/tokens", Reply.Html(404), "token new --role ci --service shop '*' --expires 2026-02-07T13:00:00+01:00")).Text.ShouldBe(
            """{"role":"ci","services":["shop","*"],"subject":"ci","expiresAt":"2026-02-07T12:00:00.000000Z"}""");

    [Theory]
    [InlineData("name: shop", "application/yaml")]
    [InlineData(" \n{\"name\":\"shop\"}", "application/json")]
    public async Task A_policy_goes_as_what_it_is(string document, string mediaType)
    {
        await using var server = new ScriptedServer();
        using var shell = Shell.At(server);
        shell.Write("policy", document);

        await shell.RunAsync("policy publish policy");

        server.Requests[0].ShouldSatisfyAllConditions(sent => sent.Text.ShouldBe(document), sent => sent.Headers["Content-Type"].ShouldBe(mediaType));
    }

    private static async Task<Received> SentAsync(string target, Reply reply, string command)
    {
        await using var server = new ScriptedServer().On(target, reply);
        using var shell = Shell.At(server);
        await shell.RunAsync(command);
        return server.Requests.ShouldHaveSingleItem();
    }
}
