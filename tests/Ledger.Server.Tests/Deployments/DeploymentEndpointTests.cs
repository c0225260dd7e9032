using System.Net;
using System.Text.Json;

namespace Ledger.Server.Tests.Deployments;

[Collection(ServerCollection.Name)]
public sealed class DeploymentEndpointTests(RunningServer server)
{
    private const string Policy =
        """
        name: rollout
        title: Rolled out in steps
        gates:
          - name: review
            title: Review
        analyses:
          - { name: errors, title: Errors, metric: error_rate, comparator: "<", threshold: 0.5%, interval: 30s }
        deployment:
          strategy: canary
          steps:
            - { name: canary, title: Canary, weight: 10%, duration: 1s, analyses: [], maxFailures: 1 }
            - { name: watched, title: Watched, weight: 50%, duration: 1h, analyses: [errors], maxFailures: 5 }
            - { name: full, title: Full, weight: 100% }
        rollback:
          rules:
            - { name: in-a-row, title: 2 consecutive analysis failures, consecutiveFailures: 2 }
          objective: 5min
          rehearsalGate: review
          silenceLimit: 2min
        afterDeployment:
          duration: 1s
          checks:
            - { name: burn, title: Burn, measured: { metric: burn, comparator: "<", threshold: 10% } }
            - { name: calm, title: Calm }
        success:
          - { name: happy, title: Everybody is happy }
        """;

    [Fact]
    public async Task A_canary_goes_its_steps_and_what_went_against_its_plan_is_no_success()
    {
        var release = await DecidedAsync();
        var (ci, manager) = (server.Client("ci"), server.Client("release-manager"));
        await (await ci.PostJsonAsync($"{release}/deployment/start", """{"commit":"fedcba9"}""")).ShouldBeProblemAsync(409, "wrong_commit");
        await (await ci.PostJsonAsync($"{release}/deployment/steps/canary/start", "{}")).ShouldBeProblemAsync(409, "deployment_not_started");
        (await OkAsync(ci, $"{release}/deployment/start", Build)).Text("phase").ShouldBe("started");
        await (await ci.PostJsonAsync($"{release}/deployment/steps/full/start", "{}")).ShouldBeProblemAsync(409, "step_skipped");
        await (await ci.PostJsonAsync($"{release}/deployment/steps/nowhere/start", "{}")).ShouldBeProblemAsync(404, "step_unknown");
        await OkAsync(ci, $"{release}/deployment/steps/canary/start", "{}");
        await EventuallyAsync(() => ci.PostJsonAsync($"{release}/deployment/steps/canary/complete", "{}"));

        // What could not wait for an hour is on record as what it is.
        await OkAsync(ci, $"{release}/deployment/steps/watched/start", "{}");
        var measured = await OkAsync(ci, $"{release}/deployment/measurements", Measurements(0.001));
        (measured.GetProperty("recorded").GetInt32(), measured.GetProperty("repeated").GetInt32()).ShouldBe((1, 0));
        await (await ci.PostJsonAsync($"{release}/deployment/steps/watched/complete", "{}")).ShouldBeProblemAsync(409, "too_early");
        var early = await OkAsync(ci, $"{release}/deployment/steps/watched/complete", $$"""{"observed":{"at":"{{Now}}","source":"argo-rollouts/shop"} }""");
        (early.GetProperty("deviations").GetInt32(), early.Text("verdict")).ShouldBe((1, "NO_GO"));

        await OkAsync(ci, $"{release}/deployment/promote", "{}");
        await OkAsync(ci, $"{release}/deployment/steps/full/start", "{}");
        await OkAsync(ci, $"{release}/deployment/steps/full/complete", "{}");
        await OkAsync(ci, $"{release}/post-deployment/checks", """{"check":"burn","source":"prometheus","value":0.05,"unit":"ratio"}""");
        await (await ci.PostJsonAsync($"{release}/post-deployment/checks", """{"check":"calm","source":"pager","met":true,"note":"quiet"}""")).ShouldBeProblemAsync(403, "check_needs_person");
        await OkAsync(manager, $"{release}/post-deployment/checks", """{"check":"calm","source":"pager","met":true,"note":"quiet"}""");

        // The server's own clock ends the watch.
        var status = await UntilAsync(release, shown => shown.GetProperty("deployment").TryGetProperty("watchEnded", out _));
        status.GetProperty("deployment").Text("watchEnded").ShouldBe("passed");
        status.GetProperty("reasons").EnumerateArray().Select(reason => reason.Text("code")).ShouldBe(["deviation"]);
        status.GetProperty("deployment").GetProperty("steps").EnumerateArray().Select(step => step.Text("progress")).ShouldBe(["completed", "completed", "completed"]);

        await (await manager.PostJsonAsync($"{release}/close", """{"outcome":"succeeded","reason":"live"}""")).ShouldBeProblemAsync(409, "close_not_borne_out");
        await OkAsync(manager, $"{release}/post-deployment/checks", """{"list":"success","check":"happy","source":"survey","met":true,"note":"they say so"}""");
        await (await manager.PostJsonAsync($"{release}/close", """{"outcome":"succeeded","reason":"live"}""")).ShouldBeProblemAsync(409, "close_not_borne_out");
        (await manager.PostJsonAsync($"{release}/close", """{"outcome":"failed","reason":"live, and not as it was planned"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        var ends = (await TypesAsync(release)).Where(type => type is "watch_ended" or "deadline_passed").ToList();
        ends.ShouldContain("watch_ended");
        ends.Count(type => type == "watch_ended").ShouldBe(1);
    }

    [Fact]
    public async Task Measurements_that_are_repeated_are_not_appended_and_a_rule_that_fires_is_named_and_carried_out()
    {
        var release = await DecidedAsync();
        var ci = server.Client("ci");
        await OkAsync(ci, $"{release}/deployment/start", Build);
        await OkAsync(ci, $"{release}/deployment/steps/canary/start", "{}");
        await EventuallyAsync(() => ci.PostJsonAsync($"{release}/deployment/steps/canary/complete", "{}"));
        await OkAsync(ci, $"{release}/deployment/steps/watched/start", "{}");
        var first = Measurements(0.1);
        (await OkAsync(ci, $"{release}/deployment/measurements", first)).GetProperty("triggered").GetArrayLength().ShouldBe(0);
        var size = await server.CausedAsync();
        var again = await ci.PostJsonAsync($"{release}/deployment/measurements", first);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        var repeated = await again.JsonAsync();
        (repeated.GetProperty("recorded").GetInt32(), repeated.GetProperty("repeated").GetInt32(), repeated.TryGetProperty("receipt", out _)).ShouldBe((0, 1, false));
        (await server.CausedAsync()).ShouldBe(size);

        (await OkAsync(ci, $"{release}/deployment/measurements", Measurements(0.2))).GetProperty("triggered").EnumerateArray().Select(rule => rule.GetString()).ShouldBe(["in-a-row"]);
        await (await ci.PostJsonAsync($"{release}/deployment/steps/watched/complete", "{}")).ShouldBeProblemAsync(409, "rollback_triggered");
        await OkAsync(ci, $"{release}/rollback/start", """{"cause":"rule","reason":"2 consecutive analysis failures"}""");
        (await OkAsync(ci, $"{release}/rollback/complete", "{}")).Text("phase").ShouldBe("rolled_back");
        await (await ci.PostJsonAsync($"{release}/rollback/verify", """{"note":"looks fine"}""")).ShouldBeProblemAsync(403, "role_not_allowed");
        await OkAsync(server.Client("signer"), $"{release}/rollback/verify", """{"note":"the old version answers"}""");

        // Where they stand depends on whether a deadline was told of in between.
        var history = (await HistoryAsync(release)).ToList();
        var measured = history.Index().Where(entry => entry.Item.Text("type") == "analysis_measured").Select(entry => entry.Index + 1L).ToList();
        measured.Count.ShouldBe(2);
        var fired = history.Single(happened => happened.Text("type") == "rollback_triggered").GetProperty("data");
        fired.GetProperty("measurements").EnumerateArray().Select(version => version.GetInt64()).ShouldBe(measured);
        var deployment = (await (await ci.GetAsync(release)).JsonAsync()).GetProperty("deployment");
        deployment.GetProperty("triggers")[0].Text("rule").ShouldBe("in-a-row");
        deployment.GetProperty("rollback").GetProperty("within").GetBoolean().ShouldBeTrue();
        (await server.Client("release-manager").PostJsonAsync($"{release}/close", """{"outcome":"rolled_back","reason":"errors"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_happened_in_the_cluster_is_recorded_with_its_deviations()
    {
        await PublishAsync();
        var release = await server.OpenAsync(policy: "rollout");
        var ci = server.Client("ci");
        await (await ci.PostJsonAsync($"{release}/deployment/start", Build)).ShouldBeProblemAsync(409, "go_not_recorded");
        var started = await OkAsync(ci, $"{release}/deployment/start", $$"""{"commit":"fedcba9","observed":{"at":"{{Now}}","source":"argocd/shop"} }""");
        started.GetProperty("deviations").GetInt32().ShouldBe(3);
        await OkAsync(ci, $"{release}/deployment/deviations", $$"""{"code":"drifted","message":"another commit runs","observed":{"at":"{{Now}}","source":"argocd/shop"} }""");
        var status = await (await ci.GetAsync(release)).JsonAsync();
        status.Text("verdict").ShouldBe("NO_GO");
        status.GetProperty("deployment").GetProperty("deviations").EnumerateArray().Select(deviation => deviation.Text("code"))
            .ShouldBe(["go_not_recorded", "not_go", "wrong_commit", "drifted"]);
    }

    [Fact]
    public async Task A_rehearsal_counts_under_the_gate_that_asks_for_one()
    {
        await PublishAsync();
        var release = await server.OpenAsync(policy: "rollout");
        var rehearsed = await OkAsync(server.Client("ci"), $"{release}/rollback/rehearsals", """{"durationMs":240000,"note":"done twice"}""");
        rehearsed.Text("verdict").ShouldBe("GO");
        rehearsed.Text("phase").ShouldBe("not_started");
    }

    [Theory]
    [InlineData("deployment/start", """{"commit":"zzz"}""", 422, "commit_invalid")]
    [InlineData("deployment/start", """{"comit":"0123456"}""", 400, "body_malformed")]
    [InlineData("deployment/measurements", """{"measurements":[]}""", 422, "measurements_invalid")]
    [InlineData("deployment/measurements", """{"measurements":[{"metric":"error_rate","at":"today","source":"p","unit":"ratio"}]}""", 400, "body_malformed")]
    [InlineData("deployment/measurements", """{"measurements":[{"metric":"error_rate","at":"2026-01-31T12:00:00Z","source":"p","unit":"ratio","value":"much"}]}""", 400, "body_malformed")]
    [InlineData("deployment/deviations", """{"code":"drifted","message":"x","observed":{"at":"2026-01-31T12:00:00Z","source":"p"}}""", 422, "time_before_release")]
    [InlineData("rollback/start", """{"cause":"whim","reason":"x"}""", 400, "body_malformed")]
    [InlineData("rollback/rehearsals", """{"durationMs":0,"note":"x"}""", 422, "duration_invalid")]
    [InlineData("post-deployment/checks", """{"check":"nothing","source":"p"}""", 422, "check_unknown")]
    public async Task Bad_input_is_refused_and_nothing_is_appended(string path, string body, int status, string code)
    {
        await PublishAsync();
        var release = await server.OpenAsync(policy: "rollout");
        var size = await server.CausedAsync();
        await (await server.Client().PostJsonAsync($"{release}/{path}", body)).ShouldBeProblemAsync(status, code);
        (await server.CausedAsync()).ShouldBe(size);
    }

    private static string Build => $$"""{"commit":"{{RunningServer.Commit}}","artifacts":[{"name":"app","digest":"{{RunningServer.Artifact}}"}]}""";

    private static string Now => DateTimeOffset.UtcNow.ToString("O");

    private static string Measurements(double value) =>
        FormattableString.Invariant($$"""{"measurements":[{"metric":"error_rate","at":"{{Now}}","source":"prometheus","unit":"ratio","value":{{value}}}]}""");

    private async Task PublishAsync() => (await server.PublishAsync(Policy)).StatusCode.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict);

    private async Task<string> DecidedAsync()
    {
        await PublishAsync();
        var release = await server.OpenAsync(policy: "rollout");
        await OkAsync(server.Client(), $"{release}/gates/review/attestations", """{"note":"read it all"}""");
        await OkAsync(server.Client(), $"{release}/decision", """{"verdict":"GO"}""");
        return release;
    }

    private static async Task<JsonElement> OkAsync(HttpClient client, string path, string body)
    {
        var answer = await client.PostJsonAsync(path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    private static async Task EventuallyAsync(Func<Task<HttpResponseMessage>> ask)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await ask();
            if (answer.StatusCode == HttpStatusCode.Created) return;
            attempt.ShouldBeLessThan(100, await answer.Content.ReadAsStringAsync());
            await Task.Delay(100);
        }
    }

    private async Task<JsonElement> UntilAsync(string release, Func<JsonElement, bool> holds)
    {
        for (var attempt = 0; ; attempt++)
        {
            var status = await (await server.Client().GetAsync(release)).JsonAsync();
            if (holds(status)) return status;
            attempt.ShouldBeLessThan(100, status.ToString());
            await Task.Delay(100);
        }
    }

    private async Task<IReadOnlyList<JsonElement>> HistoryAsync(string release) =>
        [.. (await (await server.Client().GetAsync($"{release}/history")).JsonAsync()).GetProperty("events").EnumerateArray()];

    private async Task<IReadOnlyList<string>> TypesAsync(string release) => [.. (await HistoryAsync(release)).Select(happened => happened.Text("type"))];
}
