using System.Net;
using System.Text;

namespace Ledger.Server.Tests.Intake;

[Collection(ServerCollection.Name)]
public sealed class AlertTests(RunningServer server)
{
    [Fact]
    public async Task A_message_is_kept_once_and_an_alert_of_a_planned_metric_counts()
    {
        var release = await RolledOut.StartAsync(server);
        var message = Message(Alert("RedisDown", "warning", "firing", ",\"ledger_metric\":\"redis.failures\""), Alert("Other", "critical", "firing"));
        var answer = await PostAsync(release.Path, message);
        answer.GetProperty("recorded").GetInt32().ShouldBe(1);
        (await PostAsync(release.Path, message)).GetProperty("recorded").GetInt32().ShouldBe(0);

        var types = await RolledOut.TypesAsync(server, release.Path);
        types.Count(type => type == "external_event_kept").ShouldBe(1);
        var kept = (await RolledOut.EventsAsync(server, release.Path)).Single(entry => entry.Text("type") == "external_event_kept").GetProperty("data");
        kept.Text("summary").ShouldBe("RedisDown fires (warning); Other fires (critical)");
        var evidence = await server.Client().GetStringAsync($"v1/evidence/{kept.GetProperty("evidence").Text("digest")}");
        evidence.ShouldNotContain("jane.roe");
        evidence.ShouldContain("RedisDown");
    }

    [Fact]
    public async Task Two_alerts_that_begin_at_one_moment_are_two()
    {
        var release = await RolledOut.StartAsync(server);
        var first = Alert("RedisDown", "warning", "firing", ",\"pod\":\"a\",\"ledger_metric\":\"redis.failures\"");
        var second = first.Replace("\"fingerprint\":\"RedisDown\"", "\"fingerprint\":\"RedisDown2\"", StringComparison.Ordinal);
        (await PostAsync(release.Path, Message(first, second))).GetProperty("recorded").GetInt32().ShouldBe(2);
        (await PostAsync(release.Path, Message(second))).GetProperty("recorded").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_critical_alert_turns_the_watch_red_and_a_resolved_one_turns_nothing_green()
    {
        var release = await RolledOut.OutAsync(server);
        await PostAsync(release.Path, Message(Alert("Slow", "warning", "firing")));
        (await CheckAsync(release.Path)).ShouldBe("not_evaluated");
        await PostAsync(release.Path, Message(Alert("Down", "critical", "firing")));
        (await CheckAsync(release.Path)).ShouldBe("failed");
        await PostAsync(release.Path, Message(Alert("Down", "critical", "resolved")));
        (await CheckAsync(release.Path)).ShouldBe("failed");
    }

    [Fact]
    public async Task What_Alertmanager_does_not_send_is_refused()
    {
        var release = await RolledOut.StartAsync(server);
        await (await server.Client("ci").PostJsonAsync($"{release.Path}/alerts", "{}")).ShouldBeProblemAsync(422, "document_unrecognised");
        await (await server.Client("signer").PostJsonAsync($"{release.Path}/alerts", Message())).ShouldBeProblemAsync(403, "role_not_allowed");
        await (await server.Client("ci").PostJsonAsync("v1/releases/rolled/v0/alerts", Message())).ShouldBeProblemAsync(404, "release_unknown");
    }

    private static string Message(params string[] alerts) => $$$"""{"version":"4","receiver":"ledger","externalURL":"http://alerts","commonAnnotations":{"who":"jane.roe@example.com"},"alerts":[{{{string.Join(',', alerts)}}}]}""";

    private static string Alert(string name, string severity, string status, string labels = "") => $$$"""
        {"status":"{{{status}}}","labels":{"alertname":"{{{name}}}","severity":"{{{severity}}}"{{{labels}}}},"annotations":{"summary":"it is so"},"startsAt":"{{{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}}","endsAt":"0001-01-01T00:00:00Z","fingerprint":"{{{name}}}"}
        """;

    private async Task<System.Text.Json.JsonElement> PostAsync(string release, string text)
    {
        var answer = await server.Client("ci").PostAsync($"{release}/alerts", new StringContent(text, Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    private async Task<string> CheckAsync(string release) =>
        (await (await server.Client().GetAsync(release)).JsonAsync()).GetProperty("deployment").GetProperty("watch").EnumerateArray().Single(check => check.Text("name") == "alerts").Text("outcome");
}
