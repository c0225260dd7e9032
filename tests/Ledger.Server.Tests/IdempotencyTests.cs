using System.Net;

namespace Ledger.Server.Tests;

[Collection(ServerCollection.Name)]
public sealed class IdempotencyTests(RunningServer server)
{
    [Fact]
    public async Task Every_command_repeated_with_its_key_is_answered_with_the_first_receipt_and_carried_out_once()
    {
        var release = await server.OpenAsync("repeated");
        var admin = server.Client();
        var open = RunningServer.OpenBody("repeated/again");
        (string Name, Func<string, Task<HttpResponseMessage>> Send)[] commands =
        [
            ("open", key => admin.PostJsonAsync("v1/releases", open, key)),
            ("report", key => admin.ReportAsync(release, RunningServer.FailingReport, key: key)),
            ("attest", key => admin.PostJsonAsync($"{release}/gates/review/attestations", """{"note":"seen"}""", key)),
            ("waive", key => admin.PostJsonAsync($"{release}/gates/review/waivers", """{"owner":"o","reason":"r","control":"c","until":"2999-01-01T00:00:00Z"}""", key)),
            ("close", key => admin.PostJsonAsync($"{release}/close", """{"outcome":"abandoned","reason":"r"}""", key)),
        ];
        foreach (var (name, send) in commands)
        {
            var key = Guid.NewGuid().ToString();
            var first = await send(key);
            first.StatusCode.ShouldBe(HttpStatusCode.Created, name);
            first.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
            var size = await server.CausedAsync();

            var again = await send(key);
            again.StatusCode.ShouldBe(HttpStatusCode.Created, name);
            again.Headers.GetValues("Idempotency-Replayed").Single().ShouldBe("true");
            (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync(), name);
            (await server.CausedAsync()).ShouldBe(size);
        }
    }

    [Fact]
    public async Task A_replayed_report_tells_what_it_came_to_even_when_another_has_come_in_since()
    {
        var release = await server.OpenAsync();
        var admin = server.Client();
        var first = await (await admin.ReportAsync(release, RunningServer.FailingReport, key: "first-of-two")).JsonAsync();
        await admin.ReportAsync(release, RunningServer.PassingReport, "?supersede=fixed");
        var again = await (await admin.ReportAsync(release, RunningServer.FailingReport, key: "first-of-two")).JsonAsync();
        again.Text("outcome").ShouldBe("failed");
        again.GetProperty("results").ToString().ShouldBe(first.GetProperty("results").ToString());
        again.GetProperty("receipt").ToString().ShouldBe(first.GetProperty("receipt").ToString());
        again.Text("gateOutcome").ShouldBe("passed");
    }

    [Fact]
    public async Task One_key_for_two_requests_is_refused_whether_body_query_or_address_differ()
    {
        var (one, other) = (await server.OpenAsync(), await server.OpenAsync());
        var admin = server.Client();
        (await admin.ReportAsync(one, RunningServer.PassingReport, key: "used-twice")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await admin.ReportAsync(one, RunningServer.FailingReport, key: "used-twice")).ShouldBeProblemAsync(409, "idempotency_key_reused");
        await (await admin.ReportAsync(one, RunningServer.PassingReport, "?tool=junit", key: "used-twice")).ShouldBeProblemAsync(409, "idempotency_key_reused");
        await (await admin.ReportAsync(other, RunningServer.PassingReport, key: "used-twice")).ShouldBeProblemAsync(409, "idempotency_key_reused");
        (await server.Client("ci").ReportAsync(other, RunningServer.PassingReport, key: "used-twice")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_hundred_deliveries_at_once_append_one_event()
    {
        var release = await server.OpenAsync();
        var before = await server.CausedAsync();
        using var admin = server.Client();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => admin.ReportAsync(release, RunningServer.PassingReport, key: "a-hundred")));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created);
        var receipts = await Task.WhenAll(answers.Select(async answer => (await answer.JsonAsync()).GetProperty("receipt").ToString()));
        receipts.Distinct().Count().ShouldBe(1);
        (await server.CausedAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_key_that_cannot_be_one_is_refused()
    {
        var release = await server.OpenAsync();
        await (await server.Client().ReportAsync(release, RunningServer.PassingReport, key: new string('k', 201))).ShouldBeProblemAsync(400, "idempotency_key_invalid");
        await (await server.Client().ReportAsync(release, RunningServer.PassingReport, key: "two words")).ShouldBeProblemAsync(400, "idempotency_key_invalid");
        (await server.Client().ReportAsync(release, RunningServer.PassingReport, key: new string('k', 200))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}
