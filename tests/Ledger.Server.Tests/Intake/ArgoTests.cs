using System.Net;
using System.Text;
using Npgsql;

namespace Ledger.Server.Tests.Intake;

/// <summary>Argo's objects come again and again, each time with more: what is new is recorded, once.</summary>
[Collection(ServerCollection.Name)]
public sealed class ArgoTests(RunningServer server)
{
    [Fact]
    public async Task An_analysis_that_grows_is_recorded_as_far_as_it_is_new()
    {
        var release = await RolledOut.StartAsync(server);
        var start = DateTimeOffset.UtcNow;

        var first = await IngestAsync(release.Path, Run(start, "'[120]'", "'0.5'"));
        (first.Int("recorded"), first.Int("repeated")).ShouldBe((2, 0));
        first.GetProperty("receipt").GetProperty("sequence").GetInt64().ShouldBeGreaterThan(0);

        var again = await IngestAsync(release.Path, Run(start, "'[120]'", "'0.5'"));
        (again.Int("recorded"), again.Int("repeated")).ShouldBe((0, 2));
        again.TryGetProperty("receipt", out _).ShouldBeFalse();

        var grown = await IngestAsync(release.Path, Run(start, "'[120]'", "'0.5'", "'140'"));
        (grown.Int("recorded"), grown.Int("repeated")).ShouldBe((1, 2));
        (await RolledOut.TypesAsync(server, release.Path)).Count(type => type == "analysis_measured").ShouldBe(2);
    }

    [Fact]
    public async Task Hundreds_of_measurements_are_recorded_once_in_whatever_pieces_they_come_again()
    {
        var release = await RolledOut.StartAsync(server);
        var start = DateTimeOffset.UtcNow;
        string[] values = [.. Enumerable.Range(0, 250).Select(i => $"'{i % 140}'")];
        (await IngestAsync(release.Path, Run(start, values))).Int("recorded").ShouldBe(250);
        (await IngestAsync(release.Path, Run(start, values))).Int("recorded").ShouldBe(0);
        (await IngestAsync(release.Path, Run(start, values[..30]))).Int("repeated").ShouldBe(30);
        (await IngestAsync(release.Path, Run(start.AddMilliseconds(100 * Step), values[100..]))).Int("recorded").ShouldBe(0);
        (await IngestAsync(release.Path, Run(start, [.. values, "'7'"]))).Int("recorded").ShouldBe(1);
        (await RolledOut.EventsAsync(server, release.Path)).Where(entry => entry.Text("type") == "analysis_measured").Sum(entry => entry.GetProperty("data").GetProperty("measurements").GetArrayLength()).ShouldBe(251);
    }

    [Fact]
    public async Task A_number_without_a_unit_is_left_out_and_not_misread_until_somebody_says_what_it_counts_in()
    {
        var release = await RolledOut.StartAsync(server);
        var run = Run(DateTimeOffset.UtcNow, "'0.2'", "'0.1'");
        var left = await IngestAsync(release.Path, run, query: "");
        (left.Int("recorded"), left.Int("leftOut")).ShouldBe((0, 2));
        left.GetProperty("notes")[0].GetString().ShouldBe("2 measurements of 'latency' are left out: nothing says what they count in, and 'p95' is held against 150ms");
        left.TryGetProperty("receipt", out _).ShouldBeFalse();

        // By the request, under either name; or by an argument of the template.
        await (await PostAsync(release.Path, run, query: "?unit=p95=%25")).ShouldBeProblemAsync(422, "unit_mismatch");
        await (await PostAsync(release.Path, run, query: "?unit=p95")).ShouldBeProblemAsync(400, "parameter_invalid");
        await (await PostAsync(release.Path, run, query: "?unit=p95=parsec")).ShouldBeProblemAsync(400, "parameter_invalid");
        (await IngestAsync(release.Path, run, query: "?unit=latency=s")).Int("recorded").ShouldBe(2);
        var stated = Run(DateTimeOffset.UtcNow, "'300000'").Replace("status:\n  phase", "spec: {args: [{name: release, value: x}, {name: ledger-unit-latency, value: us}]}\nstatus:\n  phase", StringComparison.Ordinal);
        (await IngestAsync(release.Path, stated, query: "")).Int("recorded").ShouldBe(1);
        (await RolledOut.EventsAsync(server, release.Path)).Where(entry => entry.Text("type") == "analysis_measured")
            .SelectMany(entry => entry.GetProperty("data").GetProperty("measurements").EnumerateArray()).Select(sample => (sample.GetProperty("value").GetDouble(), sample.Text("unit")))
            .ShouldBe([(200, "ms"), (100, "ms"), (300, "ms")]);
    }

    [Fact]
    public async Task A_unit_that_the_policy_states_needs_no_other_and_is_not_contradicted()
    {
        var release = await RolledOut.StartAsync(server, "reported");
        var run = Run(DateTimeOffset.UtcNow, "'0.12'", "'0.1'").Replace("name: latency", "name: request-duration", StringComparison.Ordinal);
        (await IngestAsync(release.Path, run, query: "")).Int("recorded").ShouldBe(2);
        (await RolledOut.EventsAsync(server, release.Path)).Single(entry => entry.Text("type") == "analysis_measured").GetProperty("data").GetProperty("measurements").EnumerateArray()
            .Select(sample => (sample.Text("metric"), sample.GetProperty("value").GetDouble(), sample.Text("unit"))).ShouldBe([("p95", 120, "ms"), ("p95", 100, "ms")]);

        var another = Run(DateTimeOffset.UtcNow, "'0.11'").Replace("name: latency", "name: request-duration", StringComparison.Ordinal);
        foreach (var name in (string[])["p95", "latency", "request-duration"]) await (await PostAsync(release.Path, another, query: $"?unit={name}=ms")).ShouldBeProblemAsync(422, "unit_contradicted");
        (await IngestAsync(release.Path, another, query: "?unit=request-duration=s")).Int("recorded").ShouldBe(1);
        var contrary = Run(DateTimeOffset.UtcNow, "'90'").Replace("status:\n  phase", "spec: {args: [{name: ledger-unit-latency, value: ms}]}\nstatus:\n  phase", StringComparison.Ordinal);
        var left = await IngestAsync(release.Path, contrary, query: "");
        (left.Int("recorded"), left.Int("leftOut")).ShouldBe((0, 1));
        left.GetProperty("notes")[0].GetString()!.ShouldContain("the run says that they count in something else than the policy does");
    }

    [Fact]
    public async Task A_number_that_measures_nothing_is_recorded_as_none_and_keeps_no_other_from_being_recorded()
    {
        var release = await RolledOut.StartAsync(server);
        var start = DateTimeOffset.UtcNow;
        var answer = await IngestAsync(release.Path, Run(start, "'NaN'", "'+Inf'", "'[NaN, 120]'", "[1, 2]", "'1e308'", "'-1'", "'1e400'", "120", "''"), "?unit=p95=s");
        answer.Int("recorded").ShouldBe(9);
        var counted = await IngestAsync(release.Path, Run(start, "'0.5'", "'-3'", "'2'").Replace("name: latency", "name: redis.failures", StringComparison.Ordinal).Replace("phase: Failed, value: '0.5'", "phase: Failed, message: \"a\\u001b[31m\\u202eb\", value: '[]'", StringComparison.Ordinal));
        counted.Int("recorded").ShouldBe(3);
        var samples = (await RolledOut.EventsAsync(server, release.Path)).Where(entry => entry.Text("type") == "analysis_measured").SelectMany(entry => entry.GetProperty("data").GetProperty("measurements").EnumerateArray()).ToList();
        samples.Where(sample => sample.Text("metric") == "p95").OrderBy(sample => sample.Text("at"), StringComparer.Ordinal).Select(Shown)
            .ShouldBe(["it has no number", "it has no number", "it has no number", "it has several values", "its number is too large", "-1000", "it has no number", "120000", "it has no number"]);
        samples.Where(sample => sample.Text("metric") == "redis.failures").OrderBy(sample => sample.Text("at"), StringComparer.Ordinal).Select(Shown).ShouldBe(["a [31m b", "-3 counts nothing", "2"]);

        static string Shown(System.Text.Json.JsonElement sample) => sample.TryGetProperty("value", out var value) ? value.GetRawText() : sample.Text("because");
    }

    [Fact]
    public async Task While_the_database_goes_away_in_the_middle_the_same_objects_again_record_the_rest_once()
    {
        var release = await RolledOut.StartAsync(server);
        var start = DateTimeOffset.UtcNow;

        // Five submissions of measurements, and then moves, of which the first is held in the database until that goes away.
        var objects = $"{Run(start, [.. Enumerable.Range(0, 900).Select(i => $"'{i % 140}'")])}---\n{Rollout(release.Digest, "{currentStepIndex: 1, phase: Progressing, observedGeneration: 2}")}";
        await using var owner = NpgsqlDataSource.Create(server.Server.Postgres!.ConnectionString);
        await owner.CreateCommand(
            """
            create function hold_moves() returns trigger language plpgsql as $$ begin perform pg_sleep(600); return new; end $$;
            create trigger hold_moves before insert on mt_events for each row when (new.type = 'canary_step_started') execute function hold_moves()
            """).ExecuteNonQueryAsync();
        var sent = PostAsync(release.Path, objects);
        await using (var isHeld = owner.CreateCommand("select exists (select from pg_stat_activity where wait_event = 'PgSleep')"))
            while (await isHeld.ExecuteScalarAsync() is not true) await Task.Delay(20);
        try
        {
            await using var database = await StoppedDatabase.StopAsync(server);
            var problem = await (await sent).ShouldBeProblemAsync(503, "unavailable");
            problem.GetRawText().ShouldContain("900 measurements and 0 moves of the rollout were recorded before");
        }
        finally
        {
            while (!await IsBackAsync(owner)) await Task.Delay(200);
        }

        HttpResponseMessage again;
        do
        {
            await Task.Delay(200);
            again = await PostAsync(release.Path, objects);
        }
        while (again.StatusCode == HttpStatusCode.ServiceUnavailable);

        again.StatusCode.ShouldBe(HttpStatusCode.OK, await again.Content.ReadAsStringAsync());
        var last = await IngestAsync(release.Path, objects);
        (last.Int("recorded"), last.Int("repeated"), last.TryGetProperty("receipt", out _)).ShouldBe((0, 900, false));
        var events = await RolledOut.EventsAsync(server, release.Path);
        events.Where(entry => entry.Text("type") == "analysis_measured").Sum(entry => entry.GetProperty("data").GetProperty("measurements").GetArrayLength()).ShouldBe(900);
        events.Select(entry => entry.Text("type")).Count(type => type == "canary_step_started").ShouldBe(1);
    }

    [Fact]
    public async Task Fields_that_nobody_knows_change_nothing_and_are_named()
    {
        var release = await RolledOut.StartAsync(server);
        var run = Run(DateTimeOffset.UtcNow, "'120'").Replace("  phase: Running", "  novelty: {deep: [1, {deeper: true}]}\n  phase: Running", StringComparison.Ordinal);
        var answer = await IngestAsync(release.Path, run);
        answer.Int("recorded").ShouldBe(1);
        answer.GetProperty("notes").EnumerateArray().Select(note => note.GetString()).ShouldContain("run-1: not known here: status.novelty");
        (await IngestAsync(release.Path, Run(DateTimeOffset.UnixEpoch, "'1'").Replace("phase: Failed", "phase: Invented", StringComparison.Ordinal))).Int("recorded").ShouldBe(1);
    }

    [Fact]
    public async Task A_rule_fires_by_what_was_measured_and_not_by_what_Argo_says()
    {
        var release = await RolledOut.StartAsync(server);
        (await server.Client("ci").PostJsonAsync($"{release.Path}/deployment/steps/ten/start", "{}")).StatusCode.ShouldBe(HttpStatusCode.Created);
        var answer = await IngestAsync(release.Path, Run(DateTimeOffset.UtcNow, "'160'", "'170'").Replace("phase: Failed", "phase: Successful", StringComparison.Ordinal));
        answer.GetProperty("triggered")[0].GetString().ShouldBe("in-a-row");
        (await RolledOut.TypesAsync(server, release.Path)).ShouldContain("rollback_triggered");
    }

    [Fact]
    public async Task What_could_not_be_measured_has_no_value_and_a_job_is_a_yes_or_no()
    {
        var release = await RolledOut.StartAsync(server);
        var at = DateTimeOffset.UtcNow;
        var answer = await IngestAsync(release.Path, $$$"""
            {"apiVersion":"argoproj.io/v1alpha1","kind":"AnalysisRun","metadata":{"name":"r","namespace":"web"},"status":{"phase":"Running","metricResults":[
             {"name":"latency","error":1,"measurements":[{"phase":"Error","value":"7","message":"no answer for jane.roe@example.com","finishedAt":"{{{Time(at)}}}"},{"phase":"Running"}]},
             {"name":"alive","measurements":[{"phase":"Successful","finishedAt":"{{{Time(at)}}}"}]},
             {"name":"memory-usage","failed":9,"measurements":[{"phase":"Failed","value":"1","finishedAt":"{{{Time(at)}}}"}]}]}}
            """);
        answer.Int("recorded").ShouldBe(2);
        answer.GetProperty("notes").EnumerateArray().Select(note => note.GetString()).ShouldContain("'memory-usage' is neither in an analysis nor in a rollback rule of the policy");
        var measured = (await RolledOut.EventsAsync(server, release.Path)).Single(entry => entry.Text("type") == "analysis_measured").GetProperty("data").GetProperty("measurements");
        var (alive, latency) = (measured[0], measured[1]);
        (alive.Text("metric"), alive.GetProperty("value").GetDouble(), alive.Text("unit"), alive.Text("source")).ShouldBe(("alive", 1, "bool", "argo-rollouts/web/r"));
        latency.Text("metric").ShouldBe("p95");
        latency.TryGetProperty("value", out _).ShouldBeFalse();
        latency.Text("because").ShouldBe("no answer for [EMAIL_REDACTED]");
    }

    [Fact]
    public async Task A_success_without_a_measurement_proves_nothing()
    {
        var release = await RolledOut.StartAsync(server);
        var answer = await IngestAsync(release.Path, """{"apiVersion":"argoproj.io/v1alpha1","kind":"AnalysisRun","metadata":{"name":"r"},"status":{"phase":"Successful","metricResults":[{"name":"latency","phase":"Successful"}]}}""");
        answer.Int("recorded").ShouldBe(0);
        answer.GetProperty("notes")[0].GetString().ShouldStartWith("r proves nothing");
        (await RolledOut.TypesAsync(server, release.Path)).ShouldNotContain("analysis_measured");
    }

    [Fact]
    public async Task A_rollout_s_steps_are_taken_over_as_seen_with_what_was_against_the_plan()
    {
        var release = await RolledOut.StartAsync(server);
        (await IngestAsync(release.Path, Rollout(release.Digest, "{currentStepIndex: 0, phase: Progressing}"))).Int("deviations").ShouldBe(0);
        (await IngestAsync(release.Path, Rollout(release.Digest, "{currentStepIndex: 0, phase: Paused}"))).TryGetProperty("receipt", out _).ShouldBeFalse();

        // Nothing was measured, and the step was left all the same.
        (await IngestAsync(release.Path, Rollout(release.Digest, "{currentStepIndex: 1, phase: Progressing}"))).Int("deviations").ShouldBe(2);
        (await IngestAsync(release.Path, Rollout(release.Digest, "{currentStepIndex: 2, phase: Healthy, stableRS: a, currentPodHash: a}"))).Text("verdict").ShouldBe("NO_GO");

        (await RolledOut.TypesAsync(server, release.Path)).Skip(4).ShouldBe(
            ["canary_step_started", "deviation_recorded", "deviation_recorded", "canary_step_completed", "canary_step_started", "deviation_recorded", "canary_step_completed", "canary_step_started", "deployment_promoted"]);
        (await IngestAsync(release.Path, Rollout(release.Digest, "{currentStepIndex: 2, phase: Healthy, stableRS: a, currentPodHash: a}"))).TryGetProperty("receipt", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_rollout_that_was_aborted_is_and_one_that_runs_something_else_shows_it()
    {
        var release = await RolledOut.StartAsync(server);
        var foreign = Rollout($"sha256:{new string('f', 64)}", "{abort: true, message: latency}");
        (await IngestAsync(release.Path, foreign)).Int("deviations").ShouldBe(1);
        (await IngestAsync(release.Path, foreign)).Int("deviations").ShouldBe(0);
        (await RolledOut.TypesAsync(server, release.Path)).Skip(4).ShouldBe(["deviation_recorded", "deployment_aborted"]);
    }

    [Fact]
    public async Task A_status_of_another_generation_and_a_weight_that_nobody_planned_move_nothing()
    {
        var release = await RolledOut.StartAsync(server);
        (await IngestAsync(release.Path, Rollout(release.Digest, "{observedGeneration: '1', currentStepIndex: 2, phase: Healthy}"))).TryGetProperty("receipt", out _).ShouldBeFalse();
        (await IngestAsync(release.Path, Rollout(release.Digest, "{currentStepIndex: 0, canary: {weights: {canary: {weight: 25}}}}"))).Int("deviations").ShouldBe(1);
        (await RolledOut.TypesAsync(server, release.Path)).ShouldNotContain("canary_step_started");
    }

    [Fact]
    public async Task Drift_is_a_deviation_and_a_red_check_and_what_cannot_be_told_is_neither()
    {
        var release = await RolledOut.OutAsync(server);
        (await IngestAsync(release.Path, Application("rev1"))).Int("deviations").ShouldBe(0);
        (await CheckAsync(release.Path, "drift")).ShouldBe("not_evaluated");
        await IngestAsync(release.Path, Application(RunningServer.Commit));
        (await CheckAsync(release.Path, "drift")).ShouldBe("passed");
        (await IngestAsync(release.Path, Application(new string('a', 40)))).Int("deviations").ShouldBe(1);
        (await CheckAsync(release.Path, "drift")).ShouldBe("failed");

        // Red stays red until a person says why it does not count.
        (await IngestAsync(release.Path, Application(RunningServer.Commit))).TryGetProperty("receipt", out _).ShouldBeFalse();
        (await CheckAsync(release.Path, "drift")).ShouldBe("failed");
        (await IngestAsync(release.Path, Application(new string('a', 40)))).Int("deviations").ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_object_of_Argo_s_or_too_large_is_refused()
    {
        var release = await RolledOut.StartAsync(server);
        await (await PostAsync(release.Path, "{}")).ShouldBeProblemAsync(422, "document_unrecognised");
        await (await PostAsync(release.Path, "a: [")).ShouldBeProblemAsync(400, "report_malformed");
        await (await PostAsync(release.Path, new string(' ', 5 * 1024 * 1024))).ShouldBeProblemAsync(413, "report_too_large");
        await (await PostAsync("v1/releases/rolled/v0", Application("rev1"))).ShouldBeProblemAsync(404, "release_unknown");
        await (await PostAsync(await server.OpenAsync(), Application("rev1"))).ShouldBeProblemAsync(422, "deployment_not_planned");
        await (await PostAsync(release.Path, Application("rev1"), "auditor")).ShouldBeProblemAsync(403, "role_not_allowed");
        var elsewhere = server.WithToken(await server.MakeTokenAsync("ci", ["other"]));
        await (await elsewhere.PostAsync($"{release.Path}/argo", new StringContent(Application("rev1")))).ShouldBeProblemAsync(403, "service_out_of_scope");
    }

    // Between two measurements, in milliseconds: hundreds of them are not of the future yet.
    private const int Step = 100;

    private static string Run(DateTimeOffset start, params string[] values)
    {
        var run = new StringBuilder("apiVersion: argoproj.io/v1alpha1\nkind: AnalysisRun\nmetadata: {name: run-1, namespace: web}\nstatus:\n  phase: Running\n  metricResults:\n  - name: latency\n    measurements:\n");
        for (var i = 0; i < values.Length; i++) run.Append(System.Globalization.CultureInfo.InvariantCulture, $"    - {{phase: Failed, value: {values[i]}, finishedAt: '{Time(start.AddMilliseconds(i * Step))}'}}\n");
        return run.ToString();
    }

    private static string Rollout(string digest, string status) => $$$"""
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: app, namespace: web, generation: 2}
        spec:
          strategy: {canary: {steps: [{setWeight: 10}, {setWeight: 30}]}}
          template: {spec: {containers: [{image: "example.com/app@{{{digest}}}"}]}}
        status: {{{status}}}
        """;

    private static string Application(string revision) => $$$"""
        {"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"app"},"status":{"sync":{"status":"Synced","revision":"{{{revision}}}"},"health":{"status":"Healthy"} } }
        """;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private Task<HttpResponseMessage> PostAsync(string release, string text, string role = "ci", string query = "?unit=p95=ms") => server.Client(role).PostAsync($"{release}/argo{query}", new StringContent(text));

    private async Task<System.Text.Json.JsonElement> IngestAsync(string release, string text, string query = "?unit=p95=ms")
    {
        var answer = await PostAsync(release, text, query: query);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    private static async Task<bool> IsBackAsync(NpgsqlDataSource owner)
    {
        try
        {
            await owner.CreateCommand("drop function hold_moves cascade").ExecuteNonQueryAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            owner.Clear();
            return false;
        }
    }

    private async Task<string> CheckAsync(string release, string name) =>
        (await (await server.Client().GetAsync(release)).JsonAsync()).GetProperty("deployment").GetProperty("watch").EnumerateArray().Single(check => check.Text("name") == name).Text("outcome");
}

internal static class JsonNumbers
{
    public static int Int(this System.Text.Json.JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
