using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ledger.Server.Events;
using Ledger.Server.Hosting;

namespace Ledger.Server.Tests.Intake;

/// <summary>CloudEvents become commands for the release that they are about, once each; what means nothing is kept or refused.</summary>
[Collection(ServerCollection.Name)]
public sealed class EventTests(RunningServer server)
{
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";

    [Fact]
    public async Task A_gate_report_arrives_as_an_event_and_the_same_event_again_is_answered_as_before()
    {
        var release = await server.OpenAsync("events");
        var name = release["v1/releases/".Length..];
        var text = CdEvent("dev.cdeventsx.ledger-gate.reported.0.1.0", "g-1", name, $$$"""{"release":"{{{name}}}","gate":"tests","tool":"sarif","report":{"version":"2.1.0","runs":[]}}""");
        await (await SendAsync(text)).ShouldBeProblemAsync(422, "tool_not_in_gate");

        var policy = await RolledOut.OpenAsync(server);
        var measured = CdEvent("dev.cdeventsx.ledger-canarystep.started.0.1.0", Id(), policy.Name, $$$"""{"release":"{{{policy.Name}}}","step":"ten"}""");
        await (await SendAsync(measured)).ShouldBeProblemAsync(409, "deployment_not_started");
        (await server.Client("ci").PostJsonAsync($"{policy.Path}/deployment/start", $$$"""{"commit":"{{{RunningServer.Commit}}}"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);

        var first = await OutcomeAsync(measured, HttpStatusCode.Created);
        (first.Text("outcome"), first.Text("release")).ShouldBe(("recorded", policy.Name));
        var again = await OutcomeAsync(measured, HttpStatusCode.OK);
        again.Text("outcome").ShouldBe("repeated");
        again.GetProperty("receipt").GetProperty("sequence").GetInt64().ShouldBe(first.GetProperty("receipt").GetProperty("sequence").GetInt64());
        await (await SendAsync(measured.Replace("\"ten\"", "\"all\"", StringComparison.Ordinal))).ShouldBeProblemAsync(409, "event_reused");
        (await RolledOut.TypesAsync(server, policy.Path)).Count(type => type == "canary_step_started").ShouldBe(1);
    }

    [Fact]
    public async Task Events_of_other_types_under_one_source_and_id_are_other_events_and_other_content_under_one_type_is_a_conflict()
    {
        var release = await RolledOut.OpenAsync(server);
        var other = await RolledOut.OpenAsync(server);
        var id = Id();
        var task = CdEvent("dev.cdevents.taskrun.finished.0.3.0", id, "t", """{"outcome":"success"}""");
        var pipeline = CdEvent("dev.cdevents.pipelinerun.finished.0.3.0", id, "p", """{"outcome":"success"}""");
        foreach (var text in (string[])[task, pipeline])
        {
            (await OutcomeAsync(text, HttpStatusCode.Created, $"?release={release.Name}")).Text("outcome").ShouldBe("kept");
            (await OutcomeAsync(text, HttpStatusCode.OK, $"?release={release.Name}")).Text("outcome").ShouldBe("repeated");
        }

        // Said within the event or beside it, it is the same release; and what is told of another one is no repetition.
        var named = task.Replace("\"specversion\":\"1.0\",\"id\"", $"\"specversion\":\"1.0\",\"ledgerrelease\":\"{release.Name}\",\"id\"", StringComparison.Ordinal);
        (await OutcomeAsync(named, HttpStatusCode.OK)).Text("outcome").ShouldBe("repeated");
        (await OutcomeAsync(task, HttpStatusCode.Created, $"?release={other.Name}")).Text("outcome").ShouldBe("kept");
        await (await SendAsync(task.Replace("success", "failure", StringComparison.Ordinal), query: $"?release={release.Name}")).ShouldBeProblemAsync(409, "event_reused");
        (await RolledOut.TypesAsync(server, release.Path)).Count(type => type == "external_event_kept").ShouldBe(2);
        (await RolledOut.TypesAsync(server, other.Path)).Count(type => type == "external_event_kept").ShouldBe(1);
    }

    [Fact]
    public async Task A_CDEvent_that_nobody_wrapped_is_taken_as_it_is()
    {
        var release = await RolledOut.OpenAsync(server);
        var wrapped = CdEvent("dev.cdevents.testcaserun.finished.0.3.0", Id(), "t", """{"outcome":"success","environment":{"id":"dev"},"testCase":{"id":"1","name":"Login"}}""");
        var bare = JsonDocument.Parse(wrapped).RootElement.GetProperty("data").GetRawText();
        (await (await SendAsync(bare, "application/json", query: $"?release={release.Name}")).JsonAsync()).GetProperty("events")[0].Text("outcome").ShouldBe("kept");
        (await (await SendAsync(bare, "application/json; charset=utf-8", query: $"?release={release.Name}")).JsonAsync()).GetProperty("events")[0].Text("outcome").ShouldBe("repeated");
        await (await SendAsync("{}", "application/json")).ShouldBeProblemAsync(422, "cdevent_invalid");
    }

    [Fact]
    public async Task The_same_event_is_the_same_in_every_mode()
    {
        var release = await RolledOut.OpenAsync(server);
        var id = Id();
        var structured = $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"/ci","type":"com.example.done","ledgerrelease":"{{{release.Name}}}","datacontenttype":"application/json","data":{"x": 1}}""";
        (await OutcomeAsync(structured, HttpStatusCode.Created)).Text("outcome").ShouldBe("kept");

        var binary = new HttpRequestMessage(HttpMethod.Post, "v1/events") { Content = new StringContent("""{"x": 1}""") };
        binary.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in (IEnumerable<(string, string)>)[("ce-specversion", "1.0"), ("ce-id", id), ("ce-source", "/ci"), ("ce-type", "com.example.done"), ("ce-ledgerrelease", release.Name)]) binary.Headers.Add(name, value);
        (await (await server.Client("ci").SendAsync(binary)).JsonAsync()).GetProperty("events")[0].Text("outcome").ShouldBe("repeated");
        (await (await SendAsync($"[{structured}]", Batch)).JsonAsync()).GetProperty("events")[0].Text("outcome").ShouldBe("repeated");
        (await RolledOut.TypesAsync(server, release.Path)).Count(type => type == "external_event_kept").ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_tells_of_each_event_what_became_of_it()
    {
        var release = await RolledOut.OpenAsync(server);
        var kept = $$$"""{"specversion":"1.0","id":"{{{Id()}}}","source":"/ci","type":"t","ledgerrelease":"{{{release.Name}}}"}""";
        var lost = $$$"""{"specversion":"1.0","id":"{{{Id()}}}","source":"/ci","type":"t"}""";
        var answer = await SendAsync($"[{kept},{lost},{kept}]", Batch);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var outcomes = (await answer.JsonAsync()).GetProperty("events");
        outcomes.EnumerateArray().Select(outcome => outcome.Text("outcome")).ShouldBe(["kept", "kept", "repeated"]);
        (outcomes[0].Text("release"), outcomes[1].TryGetProperty("release", out _)).ShouldBe((release.Name, false));
        (await (await SendAsync("[]", Batch)).JsonAsync()).GetProperty("events").GetArrayLength().ShouldBe(0);
        await (await SendAsync($"[{kept},7]", Batch)).ShouldBeProblemAsync(400, "event_malformed");
    }

    [Fact]
    public async Task A_deployment_is_recorded_for_the_release_whose_artifact_it_names()
    {
        var release = await RolledOut.OpenAsync(server);
        var purl = $"pkg:oci/app@{release.Digest.Replace(":", "%3A", StringComparison.Ordinal)}";
        var deployed = await OutcomeAsync(CdEvent("dev.cdevents.service.deployed.0.3.0", Id(), "app", $$$"""{"environment":{"id":"production"},"artifactId":"{{{purl}}}"}"""), HttpStatusCode.Created);
        (deployed.Text("outcome"), deployed.Text("release")).ShouldBe(("recorded", release.Name));
        (await RolledOut.TypesAsync(server, release.Path)).ShouldContain("deployment_started");

        // Told once more, by somebody else: the ledger knows, and keeps that they said so.
        (await OutcomeAsync(CdEvent("dev.cdevents.service.upgraded.0.3.0", Id(), "app", $$$"""{"environment":{"id":"production"},"artifactId":"{{{purl}}}"}"""), HttpStatusCode.Created)).Text("outcome").ShouldBe("kept");
        (await OutcomeAsync(CdEvent("dev.cdevents.service.deployed.0.3.0", Id(), "app", $$$"""{"environment":{"id":"production"},"artifactId":"pkg:oci/app@sha256%3A{{{new string('0', 64)}}}"}"""), HttpStatusCode.Created)).TryGetProperty("release", out _).ShouldBeFalse();
        (await OutcomeAsync(CdEvent("dev.cdevents.artifact.signed.0.3.0", Id(), $"pkg:oci/{release.Name.Split('/')[0]}@{release.Name.Split('/')[1]}", """{"signature":"c2ln"}"""), HttpStatusCode.Created)).Text("release").ShouldBe(release.Name);
    }

    [Fact]
    public async Task Measurements_and_the_way_back_arrive_as_events()
    {
        var release = await RolledOut.StartAsync(server);
        var measured = CdEvent("dev.cdeventsx.ledger-measurement.taken.0.1.0", Id(), release.Name, $$$"""{"release":"{{{release.Name}}}","measurement":{"name":"p95","value":"142ms"}}""");
        (await OutcomeAsync(measured, HttpStatusCode.Created)).Text("outcome").ShouldBe("recorded");
        (await OutcomeAsync(CdEvent("dev.cdeventsx.ledger-rollback.started.0.1.0", Id(), release.Name, $$$"""{"release":"{{{release.Name}}}","reason":"errors, says jane.roe@example.com"}"""), HttpStatusCode.Created)).Text("outcome").ShouldBe("recorded");
        (await OutcomeAsync(CdEvent("dev.cdeventsx.ledger-rollback.completed.0.1.0", Id(), release.Name, $$$"""{"release":"{{{release.Name}}}"}"""), HttpStatusCode.Created)).Text("outcome").ShouldBe("recorded");
        var events = await RolledOut.EventsAsync(server, release.Path);
        events.Single(entry => entry.Text("type") == "rollback_started").GetProperty("data").Text("reason").ShouldBe("errors, says [EMAIL_REDACTED]");
        events.ShouldContain(entry => entry.Text("type") == "rollback_completed");
    }

    [Fact]
    public async Task A_service_that_was_rolled_back_is_a_rollback_of_the_release_that_is_named_and_evidence_otherwise()
    {
        var release = await RolledOut.StartAsync(server);
        var purl = $"pkg:oci/app@{release.Digest.Replace(":", "%3A", StringComparison.Ordinal)}";
        var text = CdEvent("dev.cdevents.service.rolledback.0.3.0", Id(), "app", $$$"""{"environment":{"id":"production"},"artifactId":"{{{purl}}}"}""");
        (await OutcomeAsync(text, HttpStatusCode.Created)).Text("outcome").ShouldBe("kept");
        var named = text.Replace("\"specversion\":\"1.0\",", $"\"specversion\":\"1.0\",\"ledgerrelease\":\"{release.Name}\",", StringComparison.Ordinal).Replace("/ci", "/cd", StringComparison.Ordinal);
        (await OutcomeAsync(named, HttpStatusCode.Created)).Text("outcome").ShouldBe("recorded");
        (await OutcomeAsync(named, HttpStatusCode.OK)).Text("outcome").ShouldBe("repeated");
        (await RolledOut.TypesAsync(server, release.Path)).TakeLast(3).ShouldBe(["external_event_kept", "rollback_started", "rollback_completed"]);
    }

    [Fact]
    public async Task An_incident_is_kept_and_turns_the_watch_red()
    {
        var release = await RolledOut.OutAsync(server);
        var incident = CdEvent("dev.cdevents.incident.detected.0.3.0", Id(), "inc-1", $$$"""{"environment":{"id":"production"},"description":"slow","artifactId":"pkg:oci/app@{{{release.Digest.Replace(":", "%3A", StringComparison.Ordinal)}}}"}""");
        (await OutcomeAsync(incident, HttpStatusCode.Created)).Text("because").ShouldBe("failed: incidents");
        (await RolledOut.TypesAsync(server, release.Path)).TakeLast(2).ShouldBe(["external_event_kept", "post_deployment_checked"]);
    }

    [Fact]
    public async Task A_token_of_another_service_and_a_role_that_may_not_are_refused()
    {
        var release = await RolledOut.OpenAsync(server);
        var text = $$$"""{"specversion":"1.0","id":"{{{Id()}}}","source":"/ci","type":"t","ledgerrelease":"{{{release.Name}}}"}""";
        await (await SendAsync(text, client: server.Client("auditor"))).ShouldBeProblemAsync(403, "role_not_allowed");
        await (await SendAsync(text, client: server.WithToken(await server.MakeTokenAsync("ci", ["other"])))).ShouldBeProblemAsync(403, "service_out_of_scope");
        await (await SendAsync(text, client: server.Client(null))).ShouldBeProblemAsync(401, "token_missing");
        (await RolledOut.TypesAsync(server, release.Path)).ShouldNotContain("external_event_kept");
    }

    [Fact]
    public async Task Ten_megabytes_are_refused_and_so_is_what_is_no_event()
    {
        await (await SendAsync(new string(' ', 10 * 1024 * 1024))).ShouldBeProblemAsync(413, "event_too_large");
        await (await SendAsync(new string(' ', 10 * 1024 * 1024), Batch)).ShouldBeProblemAsync(413, "event_too_large");
        await (await SendAsync("{}", "text/plain")).ShouldBeProblemAsync(400, "event_malformed");
        await (await SendAsync("{}")).ShouldBeProblemAsync(400, "event_attribute_missing");
        await (await SendAsync("<e/>", "application/cloudevents+xml")).ShouldBeProblemAsync(415, "event_unsupported");
        await (await SendAsync(CdEvent("dev.cdevents.service.deployed.0.3.0", Id(), "app", "{}"))).ShouldBeProblemAsync(422, "cdevent_invalid");
    }

    [Fact]
    public async Task Unknown_types_are_refused_where_the_ledger_is_so_configured()
    {
        var folder = Directory.CreateTempSubdirectory("ledger-server-tests-").FullName;
        var refusing = await LedgerServer.StartAsync(new ServerSettings { DataDirectory = folder, Port = 0, UnknownEvents = UnknownEvents.Refuse }, TimeProvider.System, CancellationToken.None);
        var cluster = refusing.Postgres!.HomeDirectory;
        try
        {
            using var client = new HttpClient { BaseAddress = refusing.Address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(refusing.Data.Tokens, "ci.token"))).Trim());
            await (await SendAsync("""{"specversion":"1.0","id":"1","source":"/ci","type":"t","ledgerrelease":"a/1"}""", client: client)).ShouldBeProblemAsync(422, "event_type_unknown");
            await (await SendAsync(CdEvent("dev.cdevents.service.deployed.0.2.0", "2", "app", "{}"), client: client)).ShouldBeProblemAsync(422, "event_type_unknown");
        }
        finally
        {
            await refusing.DisposeAsync();
            if (Directory.Exists(cluster)) Directory.Delete(cluster, recursive: true);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Id() => Guid.NewGuid().ToString();

    private static string CdEvent(string type, string id, string subject, string content)
    {
        var time = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return $$$"""
            {"specversion":"1.0","id":"{{{id}}}","source":"/ci","type":"{{{type}}}","datacontenttype":"application/json",
             "data":{"context":{"specversion":"0.5.0","id":"{{{id}}}","source":"/ci","type":"{{{type}}}","timestamp":"{{{time}}}"},"subject":{"id":"{{{subject}}}","content":{{{content}}} } } }
            """;
    }

    private Task<HttpResponseMessage> SendAsync(string text, string contentType = Structured, HttpClient? client = null, string query = "")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return (client ?? server.Client("ci")).PostAsync($"v1/events{query}", content);
    }

    private async Task<JsonElement> OutcomeAsync(string text, HttpStatusCode status, string query = "")
    {
        var answer = await SendAsync(text, query: query);
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return (await answer.JsonAsync()).GetProperty("events")[0];
    }
}
