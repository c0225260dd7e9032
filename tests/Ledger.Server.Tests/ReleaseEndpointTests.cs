using System.Net;
using System.Text.Json;

namespace Ledger.Server.Tests;

[Collection(ServerCollection.Name)]
public sealed class ReleaseEndpointTests(RunningServer server)
{
    [Fact]
    public async Task A_release_goes_from_open_to_go_to_closed()
    {
        var release = await server.OpenAsync();
        var admin = server.Client();

        var reported = await (await admin.ReportAsync(release, RunningServer.PassingReport)).JsonAsync();
        reported.Text("gate").ShouldBe("tests");
        reported.Text("tool").ShouldBe("junit");
        reported.Text("outcome").ShouldBe("passed");
        reported.Text("gateOutcome").ShouldBe("passed");
        reported.Text("verdict").ShouldBe("PENDING");
        reported.GetProperty("results")[0].Text("metric").ShouldBe("tests.failed");
        reported.GetProperty("results")[0].GetProperty("value").GetDouble().ShouldBe(0);
        reported.GetProperty("redactions").GetInt32().ShouldBe(0);
        reported.GetProperty("evidence").Text("digest").ShouldStartWith("sha256:");

        var attested = await (await admin.PostJsonAsync($"{release}/gates/review/attestations", """{"note":"read it all"}""")).JsonAsync();
        attested.GetProperty("checks").EnumerateArray().Select(check => check.GetString()).ShouldBe(["code", "docs"]);
        attested.Text("gateOutcome").ShouldBe("passed");
        attested.Text("verdict").ShouldBe("PENDING");

        var absent = await (await admin.PostJsonAsync($"{release}/gates/incident/attestations", """{"note":"none is open"}""")).JsonAsync();
        absent.Text("gateOutcome").ShouldBe("absent");
        absent.Text("verdict").ShouldBe("GO");

        var status = await (await admin.GetAsync(release)).JsonAsync();
        status.Text("verdict").ShouldBe("GO");
        status.GetProperty("reasons").GetArrayLength().ShouldBe(0);
        status.GetProperty("last").GetProperty("version").GetInt64().ShouldBe(4);
        status.GetProperty("artifacts")[0].Text("digest").ShouldBe(RunningServer.Artifact);
        status.GetProperty("conditions")[0].Text("outcome").ShouldBe("absent");

        (await admin.PostJsonAsync($"{release}/close", """{"outcome":"succeeded","reason":"live"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await admin.GetAsync(release)).JsonAsync()).Text("closed").ShouldBe("succeeded");
        await (await admin.ReportAsync(release, RunningServer.PassingReport)).ShouldBeProblemAsync(409, "release_closed");
    }

    [Fact]
    public async Task A_release_is_shown_as_it_was_at_a_time_or_a_leaf()
    {
        var release = await server.OpenAsync();
        var admin = server.Client();
        var before = (await (await admin.GetAsync(release)).JsonAsync()).GetProperty("last").GetProperty("sequence").GetInt64();
        (await admin.ReportAsync(release, RunningServer.PassingReport)).StatusCode.ShouldBe(HttpStatusCode.Created);

        var then = await (await admin.GetAsync($"{release}?asOf={before - 1}")).JsonAsync();
        then.GetProperty("last").GetProperty("version").GetInt64().ShouldBe(1);
        (await (await admin.GetAsync($"{release}?asOf=2999-01-01T00:00:00Z")).JsonAsync()).GetProperty("last").GetProperty("version").GetInt64().ShouldBe(2);
        await (await admin.GetAsync($"{release}?asOf=2000-01-01T00:00:00Z")).ShouldBeProblemAsync(404, "release_unknown");
        await (await admin.GetAsync($"{release}?asOf=yesterday")).ShouldBeProblemAsync(400, "as_of_invalid");
    }

    [Fact]
    public async Task A_waiver_makes_a_gate_waived_and_shows_until_when()
    {
        var release = await server.OpenAsync();
        var waived = await (await server.Client().PostJsonAsync(
            $"{release}/gates/review/waivers", """{"owner":"release-lead","reason":"holiday","control":"review on Monday","until":"2999-01-01T00:00:00Z"}""")).JsonAsync();
        waived.Text("gateOutcome").ShouldBe("waived");
        waived.Text("until").ShouldBe("2999-01-01T00:00:00.000000Z");

        var gate = (await (await server.Client().GetAsync(release)).JsonAsync()).GetProperty("gates").EnumerateArray().Single(gate => gate.Text("name") == "review");
        gate.Text("outcome").ShouldBe("waived");
        gate.GetProperty("waiver").Text("owner").ShouldBe("release-lead");
    }

    [Fact]
    public async Task Red_turns_green_only_with_a_reason()
    {
        var release = await server.OpenAsync();
        var admin = server.Client();
        (await (await admin.ReportAsync(release, RunningServer.FailingReport)).JsonAsync()).Text("verdict").ShouldBe("NO_GO");
        await (await admin.ReportAsync(release, RunningServer.PassingReport)).ShouldBeProblemAsync(409, "supersede_reason_missing");
        var green = await (await admin.ReportAsync(release, RunningServer.PassingReport, "?supersede=fixed%20in%20the%20next%20run")).JsonAsync();
        green.Text("gateOutcome").ShouldBe("passed");
    }

    [Fact]
    public async Task History_comes_in_pages_with_the_leaf_hash_of_each_event()
    {
        var release = await server.OpenAsync();
        var admin = server.Client();
        for (var i = 0; i < 4; i++) (await admin.ReportAsync(release, RunningServer.PassingReport)).StatusCode.ShouldBe(HttpStatusCode.Created);

        var seen = new List<JsonElement>();
        string? next = "0";
        while (next is not null)
        {
            var page = await (await admin.GetAsync($"{release}/history?limit=2&after={next}")).JsonAsync();
            seen.AddRange(page.GetProperty("events").EnumerateArray());
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }

        seen.Select(entry => entry.GetProperty("version").GetInt64()).ShouldBe([1, 2, 3, 4, 5]);
        seen[0].Text("type").ShouldBe("release_opened");
        seen[0].GetProperty("actor").Text("role").ShouldBe("admin");
        var proof = await (await admin.GetAsync($"v1/proofs/inclusion?sequence={seen[4].GetProperty("sequence").GetInt64()}")).JsonAsync();
        seen[4].Text("leafHash").ShouldBe(proof.Text("leafHash"));
    }

    [Fact]
    public async Task Lists_are_newest_first_and_come_in_pages()
    {
        var opened = new List<string>();
        for (var i = 0; i < 3; i++) opened.Add((await server.OpenAsync("paged"))["v1/releases/".Length..]);

        var admin = server.Client();
        var first = await (await admin.GetAsync("v1/releases?service=paged&limit=2")).JsonAsync();
        var second = await (await admin.GetAsync($"v1/releases?service=paged&limit=2&after={first.Text("next")}")).JsonAsync();
        first.GetProperty("releases").EnumerateArray().Concat(second.GetProperty("releases").EnumerateArray())
            .Select(release => release.Text("release")).ShouldBe(opened.AsEnumerable().Reverse());
        second.TryGetProperty("next", out _).ShouldBeFalse();
        first.GetProperty("releases")[0].Text("verdict").ShouldBe("PENDING");
    }

    [Fact]
    public async Task Evidence_is_handed_out_as_it_was_stored_to_be_saved_and_not_shown()
    {
        var release = await server.OpenAsync();
        var reported = await (await server.Client().ReportAsync(release, RunningServer.PassingReport)).JsonAsync();
        var answer = await server.Client("auditor").GetAsync($"v1/evidence/{reported.GetProperty("evidence").Text("digest")}");
        (await answer.Content.ReadAsStringAsync()).ShouldBe(RunningServer.PassingReport);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/xml");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        await (await server.Client().GetAsync($"v1/evidence/sha256:{new string('0', 64)}")).ShouldBeProblemAsync(404, "evidence_unknown");
        await (await server.Client().GetAsync("v1/evidence/nothing")).ShouldBeProblemAsync(404, "evidence_unknown");
    }
}
