using System.Text.Json;
using Ledger.Domain.Events;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL;

namespace Ledger.Server.Tests.GraphQL.Deployments;

/// <summary>A deployment and everything about it, asked for by name and as it was.</summary>
[Collection(ServerCollection.Name)]
public sealed class DeploymentTests(RunningServer server)
{
    [Fact]
    public async Task A_plan_is_there_before_anything_happened_and_none_where_the_policy_has_none()
    {
        var rollout = await Rollout.OpenAsync(server, "planned");
        var deployment = await rollout.AskAsync(
            "phase attempt strategy started { at } steps { name progress weight share minimumDurationMs outcome analyses { name outcome because measured } } rules { name kind text progress because } rollback { reason } triggers { rule } watch { until outcome checks { name } missing { name } } success { name outcome }");
        deployment.TextAt("phase").ShouldBe("NOT_STARTED");
        deployment.TextAt("strategy").ShouldBe("CANARY");
        deployment.At("started").ValueKind.ShouldBe(JsonValueKind.Null);
        deployment.At("steps").Each("progress").ShouldBe(["PENDING", "PENDING"]);
        deployment.At("steps.0.share").GetDouble().ShouldBe(0.1);
        deployment.At("steps.0.minimumDurationMs").GetInt64().ShouldBe(3_600_000);
        deployment.TextAt("steps.0.analyses.0.outcome").ShouldBe("NOT_EVALUATED");
        deployment.TextAt("steps.0.analyses.0.because").ShouldBe("the step has not begun");
        deployment.At("rules").Each("progress").ShouldBe(["NOT_EVALUATED", "NOT_EVALUATED"]);
        deployment.At("watch.missing").Each("name").ShouldBe(["burn", "calm"]);
        deployment.At("success").Each("outcome").ShouldBe(["NOT_EVALUATED"]);

        var plain = await server.OpenAsync("unplanned");
        (await server.AskAsync($$"""{ release(service: "unplanned", version: "{{plain.Split('/')[^1]}}") { deployment { phase } } }""")).At("release.deployment").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_rule_that_fires_names_its_measurements_and_the_way_back_is_told()
    {
        var rollout = await Rollout.FailingAsync(server, "fired");
        await rollout.RollBackAsync();
        var deployment = await rollout.AskAsync(
            """
            phase attempt commit artifacts { digest } started { at event { type } }
            steps { name progress actualWeight started { event { type } } analyses { metric comparator threshold failureLimit outcome measured failed inconclusive failuresInARow worstFailuresInARow } }
            rules { name progress because trigger { rule } }
            triggers { rule kind text found metric count window { from to } measurementEvents { type version } measurements { value outcome timing } baselineEvent { type } event { type } }
            rollback { cause reason person trigger { rule } started { at } completed { at } durationMs objectiveMs withinObjective verified { event { type } } works verificationNote }
            rehearsals { durationMs objectiveMs withinObjective note gate event { type } }
            """);
        deployment.TextAt("phase").ShouldBe("ROLLED_BACK");
        deployment.TextAt("commit").ShouldBe(RunningServer.Commit);
        deployment.TextAt("artifacts.0.digest").ShouldBe(RunningServer.Artifact);
        deployment.TextAt("started.event.type").ShouldBe("DEPLOYMENT_STARTED");
        deployment.TextAt("steps.0.actualWeight").ShouldBe("10%");
        var analysis = deployment.At("steps.0.analyses.0");
        (analysis.At("measured").GetInt32(), analysis.At("failed").GetInt32(), analysis.At("worstFailuresInARow").GetInt32()).ShouldBe((2, 2, 2));
        deployment.At("rules").Each("progress").ShouldBe(["FIRED", "NOT_EVALUATED"]);
        deployment.TextAt("rules.1.because").ShouldBe("nothing says what burn was before the release");

        var trigger = deployment.At("triggers.0");
        trigger.TextAt("rule").ShouldBe("in-a-row");
        trigger.TextAt("metric").ShouldBe("error_rate");
        trigger.At("count").GetInt32().ShouldBe(2);
        trigger.At("measurementEvents").Each("type").ShouldBe(["ANALYSIS_MEASURED", "ANALYSIS_MEASURED"]);
        trigger.At("measurements").EnumerateArray().Select(each => each.At("value").GetDouble()).ShouldBe([0.1, 0.2]);
        trigger.At("measurements").Each("outcome").ShouldBe(["FAILED", "FAILED"]);
        trigger.TextAt("event.type").ShouldBe("ROLLBACK_TRIGGERED");

        var rollback = deployment.At("rollback");
        rollback.TextAt("cause").ShouldBe("RULE");
        rollback.TextAt("trigger.rule").ShouldBe("in-a-row");
        rollback.At("objectiveMs").GetInt64().ShouldBe(300_000);
        rollback.At("durationMs").GetInt64().ShouldBeInRange(0, 300_000);
        rollback.At("withinObjective").GetBoolean().ShouldBeTrue();
        rollback.At("works").GetBoolean().ShouldBeTrue();
        rollback.TextAt("verificationNote").ShouldBe("the old version answers");
        rollback.TextAt("verified.event.type").ShouldBe("ROLLBACK_VERIFIED");
        deployment.At("rehearsals.0.durationMs").GetInt64().ShouldBe(240_000);
        deployment.TextAt("rehearsals.0.gate").ShouldBe("review");
    }

    [Fact]
    public async Task A_person_takes_a_release_back_and_what_happened_elsewhere_stays_a_deviation()
    {
        var rollout = await Rollout.OpenAsync(server, "deviated");
        var now = DateTimeOffset.UtcNow.ToString("O");
        await rollout.DoAsync("deployment/start", $$"""{"commit":"fedcba9","observed":{"at":"{{now}}","source":"argocd/shop"} }""");
        await rollout.DoAsync("rollback/start", """{"cause":"emergency","reason":"it burns","person":"Ann"}""", "release-manager");
        var deployment = await rollout.AskAsync("deviations { code message count at source event { type } } rollback { cause person trigger { rule } completed { at } durationMs withinObjective works }");
        deployment.At("deviations").Each("code").ShouldContain("wrong_commit");
        deployment.At("deviations").Each("source").Distinct().ShouldBe(["argocd/shop"]);
        deployment.At("deviations").Each("event.type").Distinct().ShouldBe(["DEVIATION_RECORDED"]);
        deployment.TextAt("rollback.cause").ShouldBe("EMERGENCY");
        deployment.TextAt("rollback.person").ShouldBe("Ann");
        deployment.At("rollback.completed").ValueKind.ShouldBe(JsonValueKind.Null);
        deployment.At("rollback.durationMs").ValueKind.ShouldBe(JsonValueKind.Null);
        var deadlines = (await server.AskAsync($$"""{ release({{rollout.Named}}) { deadlines { kind subject due status message event { type } } } }""")).At("release.deadlines");
        deadlines.Each("kind").ShouldBe(["ROLLBACK_OBJECTIVE"]);
        deadlines.Each("status").ShouldBe(["OPEN"]);
    }

    [Fact]
    public async Task A_deployment_is_what_it_was_at_every_place_of_its_history()
    {
        const string State = "phase attempt steps { name progress analyses { outcome measured failed } } rules { name progress } triggers { rule } rollback { cause works withinObjective durationMs } measurements { totalCount nodes { value } } deviations { code }";
        var rollout = await Rollout.FailingAsync(server, "history");
        await rollout.RollBackAsync();
        var events = (await server.AskAsync($$"""{ release({{rollout.Named}}) { events { nodes { sequence type } } } }""")).At("release.events.nodes");
        var phases = new Dictionary<string, string>();
        foreach (var happened in events.EnumerateArray())
        {
            var asOf = $"(asOf: {{ sequence: {happened.At("sequence").GetInt64()} }})";
            var then = await rollout.AskAsync(State, asOf);
            var whole = (await server.AskAsync($$"""{ release({{rollout.Named}}, {{asOf[1..^1]}}) { deployment { {{State}} } } }""")).At("release.deployment");
            then.ToString().ShouldBe(whole.ToString());
            phases[happened.TextAt("type")!] = $"{then.TextAt("phase")} {then.At("measurements.totalCount").GetInt64()} {then.At("triggers").GetArrayLength()} {then.TextAt("steps.0.progress")}";
        }

        phases["DECISION_MADE"].ShouldBe("NOT_STARTED 0 0 PENDING");
        phases["DEPLOYMENT_STARTED"].ShouldBe("STARTED 0 0 PENDING");
        phases["CANARY_STEP_STARTED"].ShouldBe("STARTED 0 0 RUNNING");
        phases["ROLLBACK_TRIGGERED"].ShouldBe("STARTED 2 1 RUNNING");
        phases["ROLLBACK_STARTED"].ShouldBe("ROLLING_BACK 2 1 RUNNING");
        phases["ROLLBACK_COMPLETED"].ShouldBe("ROLLED_BACK 2 1 RUNNING");
    }

    [Fact]
    public async Task Checks_of_the_watch_say_what_is_missing()
    {
        var rollout = await Rollout.FailingAsync(server, "watched");
        await rollout.DoAsync("deployment/promote", $$"""{"observed":{"at":"{{DateTimeOffset.UtcNow:O}}","source":"argo-rollouts/shop"} }""");
        await rollout.DoAsync("post-deployment/checks", """{"check":"burn","source":"prometheus","value":0.05,"unit":"ratio"}""");
        var watch = await rollout.AskAsync("watch { duration from until outcome checks { list name metric comparator threshold outcome source value unit note event { type } } missing { name } event { type } }");
        watch.TextAt("watch.duration").ShouldBe("1d");
        (watch.At("watch.until").GetDateTimeOffset() - watch.At("watch.from").GetDateTimeOffset()).ShouldBe(TimeSpan.FromDays(1));
        watch.At("watch.outcome").ValueKind.ShouldBe(JsonValueKind.Null);
        watch.At("watch.checks").Each("outcome").ShouldBe(["PASSED", "NOT_EVALUATED"]);
        watch.TextAt("watch.checks.0.unit").ShouldBe("RATIO");
        watch.At("watch.missing").Each("name").ShouldBe(["calm"]);
    }

    [Fact]
    public void Every_event_of_the_catalogue_is_in_the_enum()
    {
        var values = ((EnumType)LedgerSchema.Instance.FindType("EventType")!).Values.Select(value => value.Name);
        values.ShouldBe(EventJson.Types.Select(type => type.ToUpperInvariant()), ignoreOrder: true);
        var catalogue = typeof(LedgerEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LedgerEvent)) && !type.IsAbstract);
        EventJson.Types.Count.ShouldBe(catalogue.Count());
    }
}
