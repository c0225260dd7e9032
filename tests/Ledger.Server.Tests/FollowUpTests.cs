using System.Net;
using Ledger.Server.Tests.GraphQL;
using Ledger.Server.Tests.SignOffs;
using Ledger.Verifier.Bundles;

namespace Ledger.Server.Tests;

/// <summary>What a policy has done after a release: recorded once, also when it is closed, and told wherever the release is.</summary>
[Collection(ServerCollection.Name)]
public sealed class FollowUpTests(RunningServer server)
{
    private const string Policy =
        """
        name: followed
        title: Followed up
        gates:
          - name: tests
            title: Unit tests
            tool: junit
            criteria:
              - { metric: tests.failed, comparator: "==", threshold: 0 }
        maintenance:
          followUps:
            - { name: tell, title: Tell everybody }
            - { name: review, title: Review the day, due: 24h }
        """;

    [Fact]
    public async Task A_follow_up_is_recorded_after_the_close_and_told_everywhere()
    {
        var release = await OpenAsync();
        var manager = server.Client("release-manager");
        await (await manager.PostJsonAsync($"{release}/follow-ups/tell", """{"note":"too soon"}""")).ShouldBeProblemAsync(409, "follow_up_early");
        await SignedRelease.DecideAsync(server, release).ShouldBeCreatedAsync();
        var closed = await (await manager.PostJsonAsync($"{release}/close", """{"outcome":"succeeded","reason":"live"}""")).JsonAsync();
        closed.GetProperty("openFollowUps").EnumerateArray().Select(name => name.GetString()).ShouldBe(["tell", "review"]);

        var recorded = await (await manager.PostJsonAsync($"{release}/follow-ups/tell", """{"note":"sent to canary.person@mailbox.example","reference":"ticket 12"}""")).JsonAsync();
        recorded.Text("outcome").ShouldBe("done");
        recorded.GetProperty("open").EnumerateArray().Select(name => name.GetString()).ShouldBe(["review"]);
        await (await manager.PostJsonAsync($"{release}/follow-ups/tell", """{"note":"again"}""")).ShouldBeProblemAsync(409, "supersede_reason_missing");
        await (await manager.PostJsonAsync($"{release}/follow-ups/dance", """{"note":"why not"}""")).ShouldBeProblemAsync(404, "follow_up_unknown");
        await (await server.Client("auditor").PostJsonAsync($"{release}/follow-ups/review", """{"note":"n"}""")).ShouldBeProblemAsync(403, "role_not_allowed");
        await manager.PostJsonAsync($"{release}/follow-ups/review", """{"note":"nobody had it for a day","outcome":"dropped"}""").ShouldBeCreatedAsync();

        var status = await (await manager.GetAsync(release)).JsonAsync();
        status.Text("state").ShouldBe("succeeded");
        status.Text("story").ShouldContain("decided GO");
        status.Text("closedBy").ShouldBe("local-release-manager");
        status.GetProperty("followUps").EnumerateArray().Select(each => (each.Text("name"), each.Text("outcome"), each.Text("by")))
            .ShouldBe([("tell", "done", "local-release-manager"), ("review", "dropped", "local-release-manager")]);
        status.GetProperty("followUps")[0].Text("reference").ShouldBe("ticket 12");
        status.GetProperty("followUps")[0].Text("note").ShouldBe("sent to [EMAIL_REDACTED]");

        var before = await (await manager.GetAsync($"{release}?asOf={closed.GetProperty("receipt").GetProperty("leafIndex").GetInt64()}")).JsonAsync();
        before.GetProperty("followUps").EnumerateArray().Count(each => each.TryGetProperty("outcome", out _)).ShouldBe(0);

        var (service, version) = (release.Split('/')[2], release.Split('/')[3]);
        var asked = (await server.AskAsync(
            "query($s: String!, $v: String!) { release(service: $s, version: $v) { followUps { name title due overdue outcome at by note reference event { type } } } }", new { s = service, v = version }))
            .GetProperty("release").GetProperty("followUps");
        asked.Each("outcome").ShouldBe(["DONE", "DROPPED"]);
        asked.Each("event.type").ShouldBe(["FOLLOW_UP_RECORDED", "FOLLOW_UP_RECORDED"]);
        asked.Each("note").ShouldBe(["sent to [EMAIL_REDACTED]", "nobody had it for a day"]);

        var zip = await (await server.Client("auditor").GetAsync($"{release}/export")).Content.ReadAsByteArrayAsync();
        BundleVerifier.Verify(new MemoryStream(zip), new BundleTrust(server.Server.Store.VerifierKey)).Valid.ShouldBeTrue();
        var table = await (await server.Client("auditor").GetAsync($"v1/export?from=2020-01-01&to=2120-01-01&service={service}")).Content.ReadAsStringAsync();
        table.ShouldContain("tell: done, sent to [EMAIL_REDACTED] (ticket 12)");
    }

    [Fact]
    public async Task A_list_tells_how_far_each_release_is_what_was_decided_and_what_is_still_to_be_done()
    {
        var release = await OpenAsync("followed-list");
        await SignedRelease.DecideAsync(server, release).ShouldBeCreatedAsync();
        (await ListedAsync("followed-list")).ShouldBe(("open", "GO", "GO", 2));
        await server.Client().PostJsonAsync($"{release}/close", """{"outcome":"succeeded","reason":"live"}""").ShouldBeCreatedAsync();
        (await ListedAsync("followed-list")).ShouldBe(("succeeded", "GO", "NO_GO", 2));
    }

    private async Task<(string? State, string? Decided, string? Verdict, int OpenFollowUps)> ListedAsync(string service)
    {
        var listed = (await (await server.Client().GetAsync($"v1/releases?service={service}")).JsonAsync()).GetProperty("releases")[0];
        return (listed.Text("state"), listed.GetProperty("decision").Text("verdict"), listed.Text("verdict"), listed.GetProperty("openFollowUps").GetInt32());
    }

    private async Task<string> OpenAsync(string service = "followed")
    {
        var published = await server.PublishAsync(Policy);
        if (published.StatusCode != HttpStatusCode.Created) await published.ShouldBeProblemAsync(409, "policy_unchanged");
        var release = await server.OpenAsync(service, "followed");
        await server.Client("ci").ReportAsync(release, RunningServer.PassingReport).ShouldBeCreatedAsync();
        return release;
    }
}
