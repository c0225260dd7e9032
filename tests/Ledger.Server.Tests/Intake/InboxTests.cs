using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ledger.Server.Events;
using Ledger.Server.Hosting;
using Ledger.Verifier.Bundles;

namespace Ledger.Server.Tests.Intake;

/// <summary>Events of other systems that fit no release are kept once, shown to those who see everything, and assigned when somebody knows.</summary>
[Collection(ServerCollection.Name)]
public sealed class InboxTests(RunningServer server)
{
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";

    [Fact]
    public async Task An_event_that_fits_no_release_is_kept_once_with_a_receipt_however_it_is_carried_and_set_out()
    {
        var (source, id) = ($"/event/source/{Guid.NewGuid():N}", Guid.NewGuid().ToString());
        var bare = Bare(source, id, "dev.cdevents.pipelinerun.finished.0.3.0", """{"pipelineName":"main","url":"https://ci.example.com/1","outcome":"failure","errors":"none of jane.roe@example.com"}""");
        var first = await OutcomeAsync(bare, "application/json", HttpStatusCode.Created);
        (first.Text("outcome"), first.TryGetProperty("release", out _)).ShouldBe(("kept", false));
        first.Text("because").ShouldBe("no release is found that the event is about");

        var wrapped = $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"{{{source}}}","type":"dev.cdevents.pipelinerun.finished.0.3.0","time":"2023-03-20T14:27:05.315384Z","subject":"s","datacontenttype":"application/json","data":{{{bare}}} }""";
        foreach (var (text, type) in (IEnumerable<(string, string)>)[(bare, "application/json"), ($"{bare}\n", "application/json"), (wrapped, Structured), ($"[{wrapped}]", Batch)])
        {
            var again = await OutcomeAsync(text, type, HttpStatusCode.OK);
            again.Text("outcome").ShouldBe("repeated");
            again.GetProperty("receipt").GetProperty("sequence").GetInt64().ShouldBe(SequenceOf(first));
        }

        await (await SendAsync(bare.Replace("failure", "success", StringComparison.Ordinal), "application/json")).ShouldBeProblemAsync(409, "event_reused");
        var listed = (await NamedAsync(source, id)).ShouldHaveSingleItem();
        (listed.GetProperty("sequence").GetInt64(), listed.GetProperty("assigned").GetBoolean()).ShouldBe((SequenceOf(first), false));
        var stored = await (await server.Client("auditor").GetAsync($"v1/events/{SequenceOf(first)}")).JsonAsync();
        (stored.Text("stream"), stored.Text("type")).ShouldBe(($"inbox/{source}", "external_event_received"));
        var evidence = await (await server.Client("auditor").GetAsync($"v1/evidence/{listed.Text("evidence")}")).Content.ReadAsStringAsync();
        evidence.ShouldContain("none of [EMAIL_REDACTED]");
    }

    [Fact]
    public async Task A_batch_answers_for_each_event_and_what_names_a_release_that_cannot_be_is_refused()
    {
        var release = await RolledOut.OpenAsync(server);
        var source = Source();
        string[] events =
        [
            Event(source, "1"), Event(source, "2", $"\"ledgerrelease\":\"{release.Name}\","), Event(source, "1"), Event(source, "3", "\"ledgerrelease\":\"nowhere/v1\","), Event(source, "4", "\"ledgerrelease\":\"none\","),
        ];
        var outcomes = (await (await SendAsync($"[{string.Join(',', events)}]", Batch)).JsonAsync()).GetProperty("events").EnumerateArray().ToList();
        outcomes.Select(outcome => outcome.Text("outcome")).ShouldBe(["kept", "kept", "repeated", "refused", "refused"]);
        outcomes.Skip(3).Select(outcome => outcome.Text("code")).ShouldBe(["release_unknown", "release_invalid"]);
        (outcomes[0].TryGetProperty("release", out _), outcomes[1].Text("release")).ShouldBe((false, release.Name));
    }

    [Fact]
    public async Task An_artifact_of_several_open_releases_is_for_somebody_to_sort_out()
    {
        var one = await server.OpenAsync("inbox-twins");
        var other = await server.OpenAsync("inbox-twins");
        var source = Source();
        var text = Bare(source, "a-1", "dev.cdevents.service.deployed.0.3.0", $$$"""{"environment":{"id":"production"},"artifactId":"pkg:oci/app@{{{RunningServer.Artifact.Replace(":", "%3A", StringComparison.Ordinal)}}}"}""");
        (await OutcomeAsync(text, "application/json", HttpStatusCode.Created)).Text("because").ShouldBe("several open releases have that artifact");
        foreach (var release in (string[])[one, other]) (await RolledOut.TypesAsync(server, release)).ShouldBe(["release_opened"]);
    }

    [Fact]
    public async Task Sent_again_with_its_release_it_is_on_record_there_and_no_longer_listed()
    {
        var release = await RolledOut.OpenAsync(server);
        var source = Source();
        var kept = await OutcomeAsync(Event(source, "late"), Structured, HttpStatusCode.Created);
        (await ListedAsync(SequenceOf(kept))).ShouldBeTrue();

        var placed = await OutcomeAsync(Event(source, "late"), Structured, HttpStatusCode.Created, $"?release={release.Name}");
        (placed.Text("outcome"), placed.Text("release")).ShouldBe(("kept", release.Name));
        (await ListedAsync(SequenceOf(kept))).ShouldBeFalse();
        (await OutcomeAsync(Event(source, "late"), Structured, HttpStatusCode.OK, $"?release={release.Name}")).Text("outcome").ShouldBe("repeated");
        (await OutcomeAsync(Event(source, "late"), Structured, HttpStatusCode.OK)).GetProperty("receipt").GetProperty("sequence").GetInt64().ShouldBe(SequenceOf(kept));
        (await RolledOut.TypesAsync(server, release.Path)).Count(type => type == "external_event_kept").ShouldBe(1);

        var said = await StreamAsync(source);
        said.Select(entry => entry.Text("type")).ShouldBe(["external_event_received", "external_event_assigned"]);
        said[1].GetProperty("data").GetProperty("event").GetProperty("sequence").GetInt64().ShouldBe(SequenceOf(kept));
        said[1].GetProperty("data").GetProperty("placed").GetProperty("sequence").GetInt64().ShouldBe(SequenceOf(placed));
    }

    [Fact]
    public async Task Assigned_it_becomes_what_it_would_have_been_and_the_release_names_where_it_came_from()
    {
        var release = await RolledOut.OpenAsync(server);
        var other = await RolledOut.OpenAsync(server);
        var source = Source();
        var now = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var content = """{"environment":{"id":"production"},"artifactId":"pkg:oci/app@1.0?note=jane.roe%40example.com"}""";
        var deployed = SequenceOf(await OutcomeAsync(Bare(source, "d-1", "dev.cdevents.service.deployed.0.3.0", content).Replace("2023-03-20T14:27:05.315384Z", now, StringComparison.Ordinal), "application/json", HttpStatusCode.Created));
        var task = SequenceOf(await OutcomeAsync(Bare(source, "t-1", "dev.cdevents.taskrun.finished.0.3.0", """{"taskName":"scan","outcome":"success","errors":"told jane.roe@example.com"}"""), "application/json", HttpStatusCode.Created));

        (await AssignAsync(deployed, release.Name, HttpStatusCode.Created)).Text("outcome").ShouldBe("recorded");
        (await AssignAsync(deployed, release.Name, HttpStatusCode.OK)).Text("outcome").ShouldBe("repeated");
        (await AssignAsync(task, release.Name, HttpStatusCode.Created)).Text("outcome").ShouldBe("kept");
        (await AssignAsync(task, other.Name, HttpStatusCode.Created)).Text("outcome").ShouldBe("kept");
        (await AssignAsync(task, release.Name, HttpStatusCode.OK)).Text("outcome").ShouldBe("repeated");

        var events = await RolledOut.EventsAsync(server, release.Path);
        events.Select(entry => entry.Text("type")).Count(type => type == "deployment_started").ShouldBe(1);
        events.Where(entry => entry.Text("type") == "external_event_kept").Select(entry => entry.GetProperty("data").GetProperty("from").GetProperty("sequence").GetInt64()).ShouldBe([deployed, task]);
        (await StreamAsync(source)).Select(entry => entry.Text("type")).Count(type => type == "external_event_assigned").ShouldBe(3);
        foreach (var sequence in (long[])[deployed, task]) (await ListedAsync(sequence)).ShouldBeFalse();

        // The file itself, sent with its release after all, is what was assigned.
        (await OutcomeAsync(Bare(source, "t-1", "dev.cdevents.taskrun.finished.0.3.0", """{"taskName":"scan","outcome":"success","errors":"told jane.roe@example.com"}"""), "application/json", HttpStatusCode.OK, $"?release={release.Name}"))
            .Text("outcome").ShouldBe("repeated");
        var audit = await (await server.Client().PostAsync("v1/audit", null)).JsonAsync();
        audit.GetProperty("problems").EnumerateArray().Select(problem => problem.GetRawText()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_assigned_is_refused_by_name()
    {
        var release = await RolledOut.OpenAsync(server);
        var sequence = SequenceOf(await OutcomeAsync(Event(Source(), "1"), Structured, HttpStatusCode.Created));
        var client = server.Client("release-manager");
        await (await client.PostJsonAsync($"v1/events/{sequence}/assignment", """{"release":"nowhere/v9"}""")).ShouldBeProblemAsync(404, "release_unknown");
        await (await client.PostJsonAsync($"v1/events/{sequence}/assignment", """{"release":"nowhere"}""")).ShouldBeProblemAsync(422, "release_invalid");
        await (await client.PostJsonAsync($"v1/events/{sequence}/assignment", "{}")).ShouldBeProblemAsync(400, "body_malformed");
        await (await client.PostJsonAsync("v1/events/1/assignment", $$"""{"release":"{{release.Name}}"}""")).ShouldBeProblemAsync(404, "event_unknown");
        await (await client.PostJsonAsync("v1/events/99999999/assignment", $$"""{"release":"{{release.Name}}"}""")).ShouldBeProblemAsync(404, "event_unknown");
        await (await client.GetAsync("v1/events/unassigned?source=x")).ShouldBeProblemAsync(400, "parameter_invalid");
        await (await client.GetAsync("v1/events/unassigned?source=%00&id=1")).ShouldBeProblemAsync(400, "parameter_invalid");
        await (await client.GetAsync("v1/events/unassigned?limit=1000")).ShouldBeProblemAsync(400, "parameter_invalid");
        (await ListedAsync(sequence)).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_sees_some_services_sends_and_gets_receipts_and_reads_none_of_it()
    {
        var release = await server.OpenAsync("inbox-scope");
        var ci = server.WithToken(await server.MakeTokenAsync("ci", ["inbox-scope"]));
        var source = Source();
        var answer = await SendAsync(Event(source, "1"), Structured, ci);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var kept = (await answer.JsonAsync()).GetProperty("events")[0];
        var sequence = SequenceOf(kept);
        (await (await SendAsync(Event(source, "1"), Structured, ci)).JsonAsync()).GetProperty("events")[0].Text("outcome").ShouldBe("repeated");

        foreach (var role in (string[])["ci", "auditor", "release-manager", "compliance", "admin", "signer"])
        {
            var scoped = server.WithToken(await server.MakeTokenAsync(role, ["inbox-scope"]));
            await (await scoped.GetAsync("v1/events/unassigned")).ShouldBeProblemAsync(403, role is "ci" or "signer" ? "role_not_allowed" : "service_out_of_scope");
            await (await scoped.GetAsync($"v1/events/{sequence}")).ShouldBeProblemAsync(404, "event_unknown");
            var asked = await scoped.PostJsonAsync("graphql", $$"""{"query":"{ event(sequence: {{sequence}}) { type } events(first: 5, filter: { types: [EXTERNAL_EVENT_RECEIVED] }) { nodes { sequence } } }"}""");
            var data = (await asked.JsonAsync()).GetProperty("data");
            data.GetProperty("event").ValueKind.ShouldBe(JsonValueKind.Null);
            data.GetProperty("events").GetProperty("nodes").GetArrayLength().ShouldBe(0);
        }

        foreach (var (role, lists, assigns) in (IEnumerable<(string, bool, bool)>)[("ci", false, false), ("signer", false, false), ("auditor", true, false), ("compliance", true, false), ("release-manager", true, true)])
        {
            var listing = await server.Client(role).GetAsync("v1/events/unassigned");
            if (lists) listing.StatusCode.ShouldBe(HttpStatusCode.OK);
            else await listing.ShouldBeProblemAsync(403, "role_not_allowed");
            if (!assigns) await (await server.Client(role).PostJsonAsync($"v1/events/{sequence}/assignment", $$"""{"release":"{{release["v1/releases/".Length..]}}"}""")).ShouldBeProblemAsync(403, "role_not_allowed");
        }

        (await server.Client("auditor").GetAsync($"v1/events/{sequence}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var seen = await server.Client("auditor").PostJsonAsync("graphql", $$"""{"query":"{ event(sequence: {{sequence}}) { type stream data release { name } } }"}""");
        (await seen.JsonAsync()).GetProperty("data").GetProperty("event").Text("type").ShouldBe("EXTERNAL_EVENT_RECEIVED");

        // Whoever reaches other services is not kept from sending what may be another event.
        (await OutcomeAsync(Event(source, "1", "\"subject\":\"other\","), Structured, HttpStatusCode.Created)).Text("outcome").ShouldBe("kept");
    }

    [Fact]
    public async Task A_service_counts_them_among_the_others_and_everything_counts_them_all()
    {
        var release = await server.OpenAsync("inbox-period");
        var from = DateTimeOffset.UtcNow.AddSeconds(-1);
        await OutcomeAsync(Event(Source(), "1"), Structured, HttpStatusCode.Created);
        (await server.Client("ci").ReportAsync(release, RunningServer.PassingReport)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var period = string.Create(CultureInfo.InvariantCulture, $"from={from:yyyy-MM-dd'T'HH:mm:ss'Z'}&to={DateTimeOffset.UtcNow.AddMinutes(1):yyyy-MM-dd'T'HH:mm:ss'Z'}");

        var everything = await (await server.Client("auditor").GetAsync($"v1/export?{period}&format=ndjson")).Content.ReadAsStringAsync();
        everything.ShouldContain("external_event_received");
        var service = await (await server.Client("auditor").GetAsync($"v1/export?{period}&format=ndjson&service=inbox-period")).Content.ReadAsStringAsync();
        service.ShouldNotContain("external_event_received");
        service.ShouldContain("gate_reported");
        foreach (var which in (string[])["", "&service=inbox-period"])
        {
            var zip = await (await server.Client("auditor").GetAsync($"v1/export?{period}&format=zip{which}")).Content.ReadAsByteArrayAsync();
            var verified = BundleVerifier.Verify(new MemoryStream(zip), new BundleTrust(server.Server.Store.VerifierKey));
            verified.Valid.ShouldBeTrue(verified.FirstFault?.ToString());
        }
    }

    [Fact]
    public async Task They_are_refused_where_the_ledger_is_so_configured()
    {
        var folder = Directory.CreateTempSubdirectory("ledger-server-tests-").FullName;
        var refusing = await LedgerServer.StartAsync(new ServerSettings { DataDirectory = folder, Port = 0, UnassignedEvents = UnassignedEvents.Refuse }, TimeProvider.System, CancellationToken.None);
        var cluster = refusing.Postgres!.HomeDirectory;
        try
        {
            using var client = new HttpClient { BaseAddress = refusing.Address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(refusing.Data.Tokens, "ci.token"))).Trim());
            await (await SendAsync(Event("/ci", "1"), Structured, client)).ShouldBeProblemAsync(422, "release_not_named");
        }
        finally
        {
            await refusing.DisposeAsync();
            if (Directory.Exists(cluster)) Directory.Delete(cluster, recursive: true);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Source() => $"/inbox/{Guid.NewGuid():N}";

    private static string Event(string source, string id, string more = "") => $$$"""{"specversion":"1.0",{{{more}}}"id":"{{{id}}}","source":"{{{source}}}","type":"com.example.done","data":{"x":1} }""";

    private static string Bare(string source, string id, string type, string content) => $$$"""
        {
          "context": { "specversion": "0.5.0", "id": "{{{id}}}", "chainId": "4c8cb7dd", "source": "{{{source}}}", "type": "{{{type}}}", "timestamp": "2023-03-20T14:27:05.315384Z",
            "schemaUri": "https://myorg.com/schema/custom", "links": [ { "linkType": "RELATION", "linkKind": "TRIGGER", "target": { "contextId": "5328c37f" } } ] },
          "subject": { "id": "s", "source": "{{{source}}}", "content": {{{content}}} }
        }
        """;

    private static long SequenceOf(JsonElement outcome) => outcome.GetProperty("receipt").GetProperty("sequence").GetInt64();

    private Task<HttpResponseMessage> SendAsync(string text, string contentType, HttpClient? client = null, string query = "")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return (client ?? server.Client("ci")).PostAsync($"v1/events{query}", content);
    }

    private async Task<JsonElement> OutcomeAsync(string text, string contentType, HttpStatusCode status, string query = "")
    {
        var answer = await SendAsync(text, contentType, query: query);
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return (await answer.JsonAsync()).GetProperty("events")[0];
    }

    private async Task<JsonElement> AssignAsync(long sequence, string release, HttpStatusCode status)
    {
        var answer = await server.Client("release-manager").PostJsonAsync($"v1/events/{sequence}/assignment", $$"""{"release":"{{release}}"}""");
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    private async Task<List<JsonElement>> NamedAsync(string source, string id)
    {
        var answer = await server.Client("auditor").GetAsync($"v1/events/unassigned?source={Uri.EscapeDataString(source)}&id={Uri.EscapeDataString(id)}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return [.. (await answer.JsonAsync()).GetProperty("events").EnumerateArray()];
    }

    private async Task<bool> ListedAsync(long sequence)
    {
        var page = await (await server.Client("auditor").GetAsync($"v1/events/unassigned?after={sequence - 1}&limit=1")).JsonAsync();
        return page.GetProperty("events").EnumerateArray().Any(one => one.GetProperty("sequence").GetInt64() == sequence);
    }

    private async Task<List<JsonElement>> StreamAsync(string source)
    {
        var asked = await server.Client("auditor").PostJsonAsync("graphql", $$"""{"query":"{ events(first: 50, filter: { stream: \"inbox/{{source}}\" }) { nodes { sequence type data } } }"}""");
        return [.. (await asked.JsonAsync()).GetProperty("data").GetProperty("events").GetProperty("nodes").EnumerateArray()
            .Select(node => JsonElement.Parse($$"""{"type":"{{node.Text("type").ToLowerInvariant()}}","data":{{node.GetProperty("data").GetRawText()}}}"""))];
    }
}
