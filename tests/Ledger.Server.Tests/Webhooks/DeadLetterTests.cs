using System.Net;
using System.Text.Json;
using Ledger.Server.Hosting;
using Ledger.Server.Tests.Witnesses;
using Ledger.Server.Webhooks;

namespace Ledger.Server.Tests.Webhooks;

/// <summary>What a receiver does not take, over HTTP as an operator sees it: a server of its own, with receivers as they are configured.</summary>
[Collection(ServerCollection.Name)]
public sealed class DeadLetterTests(RunningServer cluster) : IAsyncLifetime
{
    private TestReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await TestReceiver.StartAsync();

    public async Task DisposeAsync()
    {
        _receiver.Wrong.ShouldBeEmpty();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task After_the_last_attempt_a_message_is_a_dead_letter_and_the_release_goes_on()
    {
        _receiver.Status = (message, _) => Task.FromResult(IsRefused(message) ? 503 : 204);
        await using var server = await StartAsync(wait: false);
        await ReleaseAsync(server, 4);
        await UntilAsync(() => _receiver.Taken.Count == 3);

        _receiver.Taken.Select(message => message.Version).ShouldBe([1, 4, 5]);
        var letters = await LettersAsync(server, 2);
        letters.Select(letter => letter.GetProperty("id").GetInt64()).ShouldBe(letters.Select(letter => letter.GetProperty("id").GetInt64()).Order());
        foreach (var letter in letters)
        {
            (letter.GetProperty("attempts").GetInt32(), letter.GetProperty("status").GetInt32(), letter.Text("problem"), letter.Text("type"), letter.Text("subject"))
                .ShouldBe((3, 503, "it answered 503", "gate_attested", "shop/v1"));
            letter.GetProperty("lastAttemptAt").GetDateTimeOffset().ShouldBeGreaterThan(letter.GetProperty("firstAttemptAt").GetDateTimeOffset());
        }

        // Page by page they are the same.
        var first = await (await server.Client.GetAsync($"v1/webhooks/{_receiver.Name}/dead-letters?limit=1")).JsonAsync();
        var second = await (await server.Client.GetAsync($"v1/webhooks/{_receiver.Name}/dead-letters?limit=1&after={first.Text("next")}")).JsonAsync();
        new[] { first, second }.Select(page => page.GetProperty("deadLetters")[0].GetProperty("id").GetInt64()).ShouldBe(letters.Select(letter => letter.GetProperty("id").GetInt64()));
        second.TryGetProperty("next", out _).ShouldBeFalse();

        var shown = await ShownAsync(server);
        (shown.GetProperty("deadLetters").GetInt64(), shown.GetProperty("lag").GetProperty("events").GetInt64(), shown.GetProperty("lag").GetProperty("seconds").GetDouble()).ShouldBe((2, 0, 0));
    }

    [Fact]
    public async Task Dead_letters_are_replayed_one_or_all_in_their_order()
    {
        var refuse = true;
        _receiver.Status = (message, _) => Task.FromResult(refuse && IsRefused(message) ? 503 : 204);
        await using var server = await StartAsync(wait: false);
        await ReleaseAsync(server, 4);
        var letters = await LettersAsync(server, 2);

        // One that is replayed and refused again is a dead letter again, with all its attempts.
        (await ReplayAsync(server, $"dead-letters/{letters[0].GetProperty("id")}/replay")).ShouldBe(1);
        await UntilAsync(async () => (await LettersAsync(server, 2))[0] is var letter && letter.GetProperty("attempts").GetInt32() == 6 && !letter.GetProperty("replaying").GetBoolean());

        refuse = false;
        (await ReplayAsync(server, "dead-letters/replay")).ShouldBe(2);
        await UntilAsync(async () => (await LettersAsync(server, null)).Count == 0);
        _receiver.Taken.Select(message => message.Version).ShouldBe([1, 4, 5, 2, 3]);
        (await ReplayAsync(server, "dead-letters/replay")).ShouldBe(0);
    }

    [Fact]
    public async Task A_dead_letter_that_is_discarded_is_never_sent_and_stays_on_record_and_its_release_goes_on()
    {
        _receiver.Status = (message, _) => Task.FromResult(IsRefused(message) ? 503 : 204);
        await using var server = await StartAsync(wait: true);
        await ReleaseAsync(server, 4);
        foreach (var version in (int[])[2, 3])
        {
            var letter = (await LettersAsync(server, 1)).Single().GetProperty("id").GetInt64();
            var address = $"v1/webhooks/{_receiver.Name}/dead-letters/{letter}/discard";
            await (await server.Client.PostJsonAsync(address, """{"reason":" "}""")).ShouldBeProblemAsync(422, "reason_invalid");
            for (var twice = 0; twice < 2; twice++)
                (await server.Client.PostJsonAsync(address, $$"""{"reason":"version {{version}} was told by jane.roe@example.com"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
            await (await server.Client.PostJsonAsync(address, """{"reason":"another"}""")).ShouldBeProblemAsync(404, "dead_letter_unknown");
            await UntilAsync(async () => (await LettersAsync(server, null)).All(other => other.GetProperty("id").GetInt64() != letter));
        }

        await UntilAsync(() => _receiver.Taken.Count == 3);
        _receiver.Taken.Select(message => message.Version).ShouldBe([1, 4, 5]);
        var discards = (await (await server.Client.GetAsync($"v1/webhooks/{_receiver.Name}/discards")).JsonAsync()).GetProperty("discards");
        discards.EnumerateArray().Select(letter => (letter.GetProperty("attempts").GetInt32(), letter.Text("problem"), letter.Text("reason"))).ShouldBe(
            [(3, "it answered 503", "version 2 was told by [EMAIL_REDACTED]"), (3, "it answered 503", "version 3 was told by [EMAIL_REDACTED]")]);
        discards[0].Text("by").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Where_a_release_is_to_wait_it_waits_for_its_dead_letter_and_no_other_release_does()
    {
        var refuse = true;
        _receiver.Status = (message, _) => Task.FromResult(refuse && IsRefused(message) && message.Subject == "shop/v1" ? 503 : 204);
        await using var server = await StartAsync(wait: true);
        await ReleaseAsync(server, 4);
        var letter = (await LettersAsync(server, 1)).Single();
        await ReleaseAsync(server, 4, "shop/v2");
        await UntilAsync(() => _receiver.Taken.Count == 6);
        _receiver.Taken.Where(message => message.Subject == "shop/v1").Select(message => message.Version).ShouldBe([1]);
        var shown = await ShownAsync(server);
        (shown.GetProperty("lag").GetProperty("events").GetInt64() > 0, shown.Text("problem")).ShouldBe((true, "it answered 503"));

        refuse = false;
        (await ReplayAsync(server, $"dead-letters/{letter.GetProperty("id")}/replay")).ShouldBe(1);
        await UntilAsync(() => _receiver.Taken.Count == 10);
        _receiver.Taken.Where(message => message.Subject == "shop/v1").Select(message => message.Version).ShouldBe([1, 2, 3, 4, 5]);
        (await LettersAsync(server, null)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_is_not_an_event_any_more_is_a_dead_letter_and_keeps_nobody_waiting()
    {
        var refuse = true;
        _receiver.Status = (_, _) => Task.FromResult(refuse ? 503 : 204);
        await using var server = await StartAsync(wait: false, attempts: 8);
        await ReleaseAsync(server, 1);
        await server.TamperAsync("update mt_events set headers = '{}' where stream_id = 'release/shop/v1' and version = 1");
        refuse = false;
        await ReleaseAsync(server, 1, "shop/v2");
        await UntilAsync(() => _receiver.Taken.Count == 3);
        (await LettersAsync(server, 1)).Single().Text("problem").ShouldBe("the event is not as the ledger wrote it: audit the log");
        _receiver.Taken.Where(message => message.Subject == "shop/v1").Select(message => message.Version).ShouldBe([2]);
    }

    [Fact]
    public async Task Receivers_are_listed_with_what_they_want_and_without_what_is_secret()
    {
        await using var server = await StartAsync(wait: false);
        await ReleaseAsync(server, 1);
        await UntilAsync(() => _receiver.Taken.Count == 2);
        await UntilAsync(async () => (await ShownAsync(server)).GetProperty("lag").GetProperty("events").GetInt64() == 0);

        var text = await server.Client.GetStringAsync("v1/webhooks");
        var shown = JsonElement.Parse(text).GetProperty("receivers").EnumerateArray().ShouldHaveSingleItem();
        (shown.Text("name"), shown.Text("address"), shown.Text("afterDeadLetter"), shown.GetProperty("configured").GetBoolean())
            .ShouldBe((_receiver.Name, _receiver.Address.ToString().TrimEnd('/'), "continue", true));
        shown.GetProperty("services").EnumerateArray().Select(service => service.GetString()).ShouldBe(["shop"]);
        shown.TryGetProperty("events", out _).ShouldBeFalse();
        shown.GetProperty("sequence").GetInt64().ShouldBe(await SizeAsync(server));
        shown.Text("node").ShouldBe($"{Environment.MachineName}:{Environment.ProcessId}");
        text.ShouldNotContain("path-that-is-secret");
        text.ShouldNotContain("whsec_");
    }

    [Fact]
    public async Task What_is_not_there_is_said_so()
    {
        await using var server = await StartAsync(wait: false);
        await (await server.Client.GetAsync("v1/webhooks/nobody/dead-letters")).ShouldBeProblemAsync(404, "receiver_unknown");
        await (await server.Client.PostAsync("v1/webhooks/nobody/dead-letters/replay", null)).ShouldBeProblemAsync(404, "receiver_unknown");
        await (await server.Client.PostAsync($"v1/webhooks/{_receiver.Name}/dead-letters/7/replay", null)).ShouldBeProblemAsync(404, "dead_letter_unknown");
        await (await server.Client.PostAsync($"v1/webhooks/{_receiver.Name}/dead-letters/x/replay", null)).ShouldBeProblemAsync(400, "parameter_invalid");
        await (await server.Client.GetAsync($"v1/webhooks/{_receiver.Name}/dead-letters?limit=0")).ShouldBeProblemAsync(400, "parameter_invalid");
    }

    [Theory]
    [InlineData("ci", false, false)]
    [InlineData("release-manager", false, false)]
    [InlineData("signer", false, false)]
    [InlineData("auditor", false, false)]
    [InlineData("compliance", true, false)]
    [InlineData("admin", true, true)]
    public async Task Compliance_and_admin_see_receivers_and_the_admin_replays(string role, bool sees, bool replays)
    {
        var client = cluster.Client(role);
        await Check(await client.GetAsync("v1/webhooks"), sees);
        await Check(await client.GetAsync("v1/webhooks/nobody/dead-letters"), sees);
        await Check(await client.PostAsync("v1/webhooks/nobody/dead-letters/replay", null), replays);
        await Check(await client.PostAsync("v1/webhooks/nobody/dead-letters/1/replay", null), replays);

        static async Task Check(HttpResponseMessage answer, bool may)
        {
            if (may) answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
            else await answer.ShouldBeProblemAsync(403, "role_not_allowed");
        }
    }

    private static bool IsRefused(Delivered message) => message.Version is 2 or 3;

    private Task<WatchedServer> StartAsync(bool wait, int attempts = 3) => WatchedServer.StartAsync(
        cluster, WitnessSettings.Nobody, new WebhookSettings { Receivers = [_receiver.Setting("shop", attempts, wait)], Timing = Node.Quick });

    private static async Task ReleaseAsync(WatchedServer server, int attestations, string release = "shop/v1")
    {
        await server.Client.PostAsync("v1/policies", new StringContent(RunningServer.Policy, System.Text.Encoding.UTF8, "application/yaml"));
        (await server.Client.PostJsonAsync("v1/releases", RunningServer.OpenBody(release))).StatusCode.ShouldBe(HttpStatusCode.Created);
        for (var n = 0; n < attestations; n++)
            (await server.Client.PostJsonAsync($"v1/releases/{release}/gates/review/attestations", $$"""{"note":"{{n}}","checks":["code","docs"]}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private async Task<IReadOnlyList<JsonElement>> LettersAsync(WatchedServer server, int? count)
    {
        var letters = new List<JsonElement>();
        await UntilAsync(async () =>
        {
            var answer = await (await server.Client.GetAsync($"v1/webhooks/{_receiver.Name}/dead-letters")).JsonAsync();
            letters = [.. answer.GetProperty("deadLetters").EnumerateArray()];
            return count is null || letters.Count == count;
        });
        return letters;
    }

    private async Task<int> ReplayAsync(WatchedServer server, string path)
    {
        var answer = await server.Client.PostAsync($"v1/webhooks/{_receiver.Name}/{path}", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.JsonAsync()).GetProperty("replayed").GetInt32();
    }

    private async Task<JsonElement> ShownAsync(WatchedServer server) =>
        (await (await server.Client.GetAsync("v1/webhooks")).JsonAsync()).GetProperty("receivers").EnumerateArray().Single(receiver => receiver.Text("name") == _receiver.Name);

    private static async Task<long> SizeAsync(WatchedServer server) => (await (await server.Client.GetAsync("v1/log")).JsonAsync()).GetProperty("size").GetInt64();

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    private static async Task UntilAsync(Func<Task<bool>> isSo) => await WatchedServer.EventuallyAsync(async () => await isSo() ? "so" : null);
}
