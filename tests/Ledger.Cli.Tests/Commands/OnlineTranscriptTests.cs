using Ledger.Cli.Tests.Support;
using Ledger.Testing;

namespace Ledger.Cli.Tests.Commands;

/// <summary>What a person, or a pipe, sees of each command that speaks to a server: the golden files are the specification.</summary>
public sealed class OnlineTranscriptTests
{
    private const string Digest = $"sha256:{Answers.Hash}";

    [Fact]
    public Task Policies_are_published_listed_and_shown() => Compare(
        "policy",
        new ScriptedServer()
            .On("POST /v1/policies", Reply.Created($$"""{"policy":{{Answers.Policy}},"receipt":{{Answers.Receipt}}}"""))
            .On("GET /v1/policies", Reply.Ok($$"""{"policies":[{"name":"shop","version":2,"digest":"{{Digest}}","publishedAt":"2026-01-31T09:00:00.000000Z"}]}"""))
            .On("GET /v1/policies/shop?version=2", Reply.Ok(
                $$"""
                {"policy":{{Answers.Policy}},"document":{"name":"shop","title":"Shop","gates":[
                {"name":"load","title":"Load test","required":true,"waivable":false,"criteria":[{"tool":"k6","metric":"http_req_duration.p(95)","comparator":"<","threshold":"150ms"},
                {"tool":"k6","metric":"http_req_failed.rate","comparator":"<","threshold":"1%"}],"checks":[]},
                {"name":"review","title":"Peer review","required":false,"waivable":true,"criteria":[],"checks":[]}],
                "noGo":[{"name":"incident","title":"Open incident","when":[]}]} }
                """)),
        "policy publish shop.yaml",
        "policy list",
        "policy show shop --version 2");

    [Fact]
    public Task A_release_is_opened_reported_attested_waived_and_closed() => Compare(
        "writing",
        new ScriptedServer()
            .On("POST /v1/releases", Reply.Created(Answers.Recorded("\"release\":\"shop/v1.0.0\",")))
            .On("POST /v1/releases/shop/v1.0.0/gates/load/reports", Reply.Created(Answers.Reported("passed", ",\"value\":142.5", "GO")))
            .On("POST /v1/releases/shop/v1.0.0/gates/load/reports?tool=k6&supersede=rerun%20after%20fix", Reply.Created(Answers.Reported("failed", ",\"value\":162.5", "NO_GO")))
            .On("POST /v1/releases/shop/v1.0.0/gates/load/reports?tool=trivy", Reply.Created(
                Answers.Reported("not_evaluated", "", "PENDING", "\"notEvaluatedBecause\":\"nothing was scanned\",")))
            .On("POST /v1/releases/shop/v1.0.0/gates/review/attestations", Reply.Created(
                $$"""{"gate":"review","checks":[],"met":true,"gateOutcome":"passed","verdict":"GO","receipt":{{Answers.Receipt}}}"""))
            .On("POST /v1/releases/shop/v1.0.0/gates/review/waivers", Reply.Created(
                $$"""{"gate":"review","until":"2026-02-07T12:00:00.000000Z","gateOutcome":"waived","verdict":"GO","receipt":{{Answers.Receipt}}}"""))
            .On("POST /v1/releases/shop/v1.0.0/close", Reply.Created($$"""{"release":"shop/v1.0.0","outcome":"succeeded","openFollowUps":["tell","review"],"receipt":{{Answers.Receipt}}}""")),
        $"release open shop/v1.0.0 --policy shop --commit 0a1b2c3d --artifact registry/shop={Digest}",
        "gate report shop/v1.0.0 load k6.json",
        "gate report shop/v1.0.0 load k6.json --tool k6 --supersede 'rerun after fix'",
        "gate report shop/v1.0.0 load - --tool trivy",
        "gate attest shop/v1.0.0 review --note 'read every line'",
        "gate waive shop/v1.0.0 review --owner ada --reason 'nobody is there' --control 'watched rollout' --until 7d",
        "release close shop/v1.0.0 --outcome succeeded --reason 'kept for a day'");

    [Fact]
    public Task Releases_are_listed_and_their_standing_shown() => Compare(
        "reading",
        new ScriptedServer()
            .On("GET /v1/releases?service=shop&limit=3", Reply.Ok(
                $$"""
                {"releases":[{"release":"shop/v1.0.0","service":"shop","version":"v1.0.0","commit":"0a1b2c3d","environment":"production","policy":{{Answers.Policy}},"openedAt":"2026-01-31T10:00:00.000000Z","verdict":"NO_GO","state":"rolling_out","decision":{"event":{"sequence":3,"version":3},"verdict":"GO","at":"2026-01-31T11:00:00.000000Z","by":"ada"},"openFollowUps":2},
                {"release":"shop/v0.9.0","service":"shop","version":"v0.9.0","commit":"0a1b2c3e","environment":"production","policy":{{Answers.Policy}},"openedAt":"2026-01-30T10:00:00.000000Z","closed":"succeeded","verdict":"NO_GO","state":"succeeded","decision":{"event":{"sequence":2,"version":2},"verdict":"GO","at":"2026-01-30T11:00:00.000000Z","by":"ada"},"openFollowUps":0},
                {"release":"shop/v0.8.0","service":"shop","version":"v0.8.0","commit":"0a1b2c3f","environment":"production","policy":{{Answers.Policy}},"openedAt":"2026-01-29T10:00:00.000000Z","closed":"abandoned","verdict":"NO_GO"}],"next":"17"}
                """))
            .On("GET /v1/releases?limit=50", Reply.Ok("""{"releases":[]}"""))
            .On("GET /v1/releases/shop/v1.0.0", Reply.Ok(Answers.NoGo))
            .On("GET /v1/releases/shop/v1.0.0?asOf=11", Reply.Ok(Answers.Pending))
            .On("GET /v1/releases/shop/v1.0.0?asOf=2026-01-31T11%3A00%3A00.000000Z", Reply.Ok(Answers.Go))
            .On("GET /v1/releases/shop/v2.0.0", Reply.Ok(Answers.Status("NO_GO", Answers.LoadFailed, "failed", "shop/v2.0.0").TrimEnd()[..^1] + Answers.Deployment + Answers.Plan + "}"))
            .On("GET /v1/releases/shop/v9", Reply.Problem(404, "release_unknown", "There is no release 'shop/v9'.", "list what is there: GET /v1/releases")),
        "release list --service shop --limit 3",
        "release list",
        "release status shop/v1.0.0",
        "release status shop/v1.0.0 --as-of 11",
        "release status shop/v1.0.0 --as-of 2026-01-31T12:00:00+01:00",
        "release status shop/v2.0.0",
        "release status shop/v9",
        "assert go shop/v1.0.0",
        "assert go shop/v9");

    [Fact]
    public Task A_history_is_a_timeline_over_every_page() => Compare(
        "history",
        new ScriptedServer()
            .On("GET /v1/releases/shop/v1.0.0/history?limit=500", Reply.Ok(Page("2",
                Answers.Past(1, "release_opened", $$"""{"environment":"production","commit":"0a1b2c3d","policy":{{Answers.Policy}},"window":{"start":"2026-01-31T22:00:00.000000Z","end":"2026-02-01T02:00:00.000000Z"},"decideBy":"2026-01-31T21:00:00.000000Z","summary":"cheaper checkout"}"""),
                Answers.Past(2, "gate_reported", """{"gate":"load","tool":"k6","outcome":"not_evaluated"}"""))))
            .On("GET /v1/releases/shop/v1.0.0/history?after=2&limit=500", Reply.Ok(Page(null,
                Answers.Past(3, "gate_reported", """{"gate":"load","tool":"k6","evidence":{"digest":"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","size":10,"mediaType":"application/json"},"measurements":[],"results":[{"metric":"p95","comparator":"<","threshold":"150ms","outcome":"passed","value":120},{"metric":"failed","comparator":"<","threshold":"1%","outcome":"not_evaluated"}],"conditions":[],"redactions":0,"outcome":"passed","supersedes":{"version":2,"reason":"a whole run"}}"""),
                Answers.Past(4, "gate_attested", """{"gate":"review","checks":["a","b"],"met":false,"note":"two\nlines"}"""),
                Answers.Past(5, "gate_waived", """{"gate":"review","owner":"ada","reason":"nobody is there","until":"2026-02-07T12:00:00.000000Z"}"""),
                Answers.Past(6, "signed_off", """{"stage":"final","role":"cto","signer":"ada","name":"Ada","decision":"approve"}"""),
                Answers.Past(7, "sign_off_withdrawn", """{"signer":"ada","reason":"too early"}"""),
                Answers.Past(8, "decision_made", """{"verdict":"NO_GO","reason":"the CTO took it back"}"""),
                Answers.Past(9, "release_closed", """{"outcome":"rolled_back","reason":"latency"}"""),
                Answers.Past(10, "something_newer", "{}")))),
        "release history shop/v1.0.0");

    [Fact]
    public Task A_history_of_known_events_begins_with_its_story() => Compare(
        "story",
        new ScriptedServer().On("GET /v1/releases/shop/v1.0.0/history?limit=500", Reply.Ok(Page(null,
            Answers.Past(1, "release_opened", $$"""{"service":"shop","version":"v1.0.0","environment":"production","commit":"0a1b2c3d","artifacts":[{"name":"registry/shop","digest":"sha256:{{Answers.Hash}}"}],"policy":{{Answers.Policy}}}"""),
            Answers.Past(2, "release_closed", """{"outcome":"abandoned","reason":"not needed"}"""),
            Answers.Past(3, "follow_up_recorded", """{"followUp":"tell","outcome":"done","note":"mail was sent","reference":"ticket 12"}""")))),
        "release history shop/v1.0.0");

    [Fact]
    public Task A_rollout_is_recorded_step_by_step() => Compare(
        "canary",
        new ScriptedServer()
            .On("POST /v1/releases/shop/v1.0.0/deployment/start", Deployed("PENDING"), Deployed("NO_GO", 2))
            .On("POST /v1/releases/shop/v1.0.0/deployment/steps/ten/start", Deployed("GO"))
            .On("POST /v1/releases/shop/v1.0.0/deployment/measurements", Reply.Ok($$"""{"recorded":2,"repeated":1,"triggered":["p95-latency"],"receipt":{{Answers.Receipt}}}"""), Reply.Ok("""{"recorded":0,"repeated":1,"triggered":[]}"""))
            .On("POST /v1/releases/shop/v1.0.0/deployment/steps/ten/complete", Reply.Problem(409, "step_too_early", "the step lasts 5 minutes, and 1 of them is over", "wait, or say with 'observed' that it has happened already"))
            .On("POST /v1/releases/shop/v1.0.0/deployment/pause", Deployed("GO"))
            .On("POST /v1/releases/shop/v1.0.0/deployment/resume", Deployed("GO"))
            .On("POST /v1/releases/shop/v1.0.0/deployment/promote", Deployed("GO"))
            .On("POST /v1/releases/shop/v1.0.0/deployment/traffic", Deployed("GO"))
            .On("POST /v1/releases/shop/v1.0.0/deployment/abort", Deployed("NO_GO"))
            .On("POST /v1/releases/shop/v1.0.0/argo", Reply.Ok(
                $$"""{"release":"shop/v1.0.0","verdict":"NO_GO","recorded":3,"repeated":5,"triggered":["error-rate"],"deviations":1,"notes":["'memory-usage' is neither in an analysis nor in a rollback rule of the policy"],"receipt":{{Answers.Receipt}}}""")),
        $"canary start shop/v1.0.0 --commit 0a1b2c3d --artifact registry/shop={Digest}",
        "canary start shop/v1.0.0 --commit 0a1b2c3d --at 2026-01-31T11:59:00Z --seen-by argo-rollouts",
        "canary start shop/v1.0.0 --at 2026-01-31T11:59:00Z",
        "canary step shop/v1.0.0 ten",
        "canary measure shop/v1.0.0 p95=142ms error_rate=0.3% --source prometheus",
        "canary measure shop/v1.0.0 p95=none --because 'no answer'",
        "canary measure shop/v1.0.0 p95",
        "canary prometheus shop/v1.0.0 p95 prometheus.json --unit s",
        "canary prometheus shop/v1.0.0 p95 k6.json",
        "canary prometheus shop/v1.0.0 p95 series.json",
        "canary prometheus shop/v1.0.0 p95 prometheus.json --unit parsec",
        "canary measure shop/v1.0.0",
        "canary complete shop/v1.0.0 ten",
        "canary pause shop/v1.0.0 --reason 'lunch'",
        "canary resume shop/v1.0.0 --reason 'back'",
        "canary promote shop/v1.0.0",
        "canary traffic shop/v1.0.0 --to green --from blue",
        "canary abort shop/v1.0.0 --reason 'latency'",
        "canary ingest shop/v1.0.0 k6.json");

    [Fact]
    public Task The_way_back_is_recorded_and_so_is_what_follows_a_rollout() => Compare(
        "rollback",
        new ScriptedServer()
            .On("POST /v1/releases/shop/v1.0.0/rollback/start", Deployed("NO_GO"))
            .On("POST /v1/releases/shop/v1.0.0/rollback/complete", Deployed("NO_GO"))
            .On("POST /v1/releases/shop/v1.0.0/rollback/verify", Deployed("NO_GO"))
            .On("POST /v1/releases/shop/v1.0.0/rollback/rehearsals", Deployed("PENDING"))
            .On("POST /v1/releases/shop/v1.0.0/post-deployment/checks", Deployed("GO"))
            .On("POST /v1/releases/shop/v1.0.0/follow-ups/tell", FollowedUp("done", "\"review\""))
            .On("POST /v1/releases/shop/v1.0.0/follow-ups/review", FollowedUp("dropped", "", "review"), Reply.Problem(409, "supersede_reason_missing", "'review' is recorded as dropped since version 12 of the release", "say why the new word counts: --supersede REASON")),
        "rollback start shop/v1.0.0 --reason 'p95 over 150ms' --person ada",
        "rollback start shop/v1.0.0 --reason 'p95 over 150ms' --cause mood",
        "rollback complete shop/v1.0.0",
        "rollback verify shop/v1.0.0 --note 'orders go through'",
        "rollback rehearse shop/v1.0.0 --took 3min --note 'in staging' --measurement rollback.duration=180s",
        "rollback rehearse shop/v1.0.0 --took 3 --note 'in staging'",
        "post check shop/v1.0.0 error-budget-burn --source prometheus --value 3%",
        "post check shop/v1.0.0 security-incidents --source ada --met --not-met",
        "post check shop/v1.0.0 gates --source ada --met --note 'all green' --success",
        "post follow-up shop/v1.0.0 tell --note 'mail was sent' --reference 'ticket 12'",
        "post follow-up shop/v1.0.0 review --note 'nobody had it for a day' --drop",
        "post follow-up shop/v1.0.0 review --note 'held'",
        "post follow-up shop/v1.0.0 review");

    [Fact]
    public Task Events_of_other_systems_are_sent() => Compare(
        "event",
        new ScriptedServer().On(
            "POST /v1/events",
            Reply.Ok($$"""{"events":[{"id":"1","source":"/ci","type":"t","outcome":"kept","because":"no such type is read here","receipt":{{Answers.Receipt}}}]}"""),
            Reply.Ok($$"""{"events":[{"id":"e-1","source":"/ci","type":"dev.cdevents.service.deployed.0.3.0","outcome":"recorded","release":"shop/v1.0.0","receipt":{{Answers.Receipt}}},{"id":"e-2","source":"/ci","type":"t","outcome":"refused","code":"release_unknown","because":"no release has that artifact"}]}""")),
        "event send cloudevent.json",
        "event send batch.json",
        "event send cdevent.json --release shop/v1.0.0",
        "event send cdevent.json --release shop",
        "event send yesterday.json",
        "event send k6.json",
        "event send shop.yaml");

    [Fact]
    public Task Events_that_fit_no_release_are_listed_and_assigned() => Compare(
        "event-unassigned",
        new ScriptedServer()
            .On("GET /v1/events/unassigned?limit=50", Reply.Ok($$"""{"events":[{{Unassigned}},{{Unassigned.Replace("\"sequence\":12", "\"sequence\":13", StringComparison.Ordinal).Replace("\"summary\":\"pipeline main: success\",", "", StringComparison.Ordinal)}}],"next":"13"}"""))
            .On("GET /v1/events/unassigned?after=13&limit=50", Reply.Ok("""{"events":[]}"""))
            .On("GET /v1/events/unassigned?source=%2Fci&id=run-1&limit=200", Reply.Ok($$"""{"events":[{{Unassigned}},{{Unassigned.Replace("pipelinerun", "taskrun", StringComparison.Ordinal)}}]}"""))
            .On("GET /v1/events/unassigned?source=%2Fci&id=run-2&limit=200", Reply.Ok("""{"events":[]}"""))
            .On("POST /v1/events/12/assignment", Reply.Ok($$"""{"id":"run-1","source":"/ci","type":"dev.cdevents.pipelinerun.finished.0.3.0","outcome":"kept","release":"shop/v1.0.0","because":"it is evidence; no command follows from it","receipt":{{Answers.Receipt}}}""")),
        "event list",
        "event list --after 13",
        "event assign /ci run-1 shop/v1.0.0 --type dev.cdevents.pipelinerun.finished.0.3.0",
        "event assign /ci run-1 shop/v1.0.0",
        "event assign /ci run-2 shop/v1.0.0",
        "event assign /ci run-1 shop");

    private const string Unassigned =
        """{"sequence":12,"source":"/ci","id":"run-1","type":"dev.cdevents.pipelinerun.finished.0.3.0","receivedAt":"2026-01-02T03:04:05.000000Z","by":"ci","summary":"pipeline main: success","because":"no release is found that the event is about","evidence":"sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945","assigned":false}""";

    [Fact]
    public Task A_release_is_watched_until_it_closes() => Compare(
        "watch",
        new ScriptedServer()
            .On("GET /v1/releases/shop/v1.0.0/history?limit=500", Reply.Ok(Page(null, Answers.Past(1, "release_opened", $$"""{"environment":"production","commit":"0a1b2c3d","policy":{{Answers.Policy}}}"""))))
            .On("GET /v1/releases/shop/v1.0.0/history?after=1&limit=500", Reply.Ok(Page(null)), Reply.Html(502), Reply.Ok(Page(null,
                Answers.Past(2, "deployment_started", """{"attempt":1,"terms":{"strategy":"canary","steps":[{"name":"ten","analyses":[],"weight":"10%"},{"name":"all","analyses":[]}],"analyses":[],"rules":[],"watch":"24h"},"artifacts":[],"commit":"0a1b2c3d","decision":{"sequence":7,"version":7}}"""),
                Answers.Past(3, "canary_step_started", """{"step":"ten","weight":"10%"}"""),
                Answers.Past(4, "analysis_measured", """{"measurements":[{"metric":"p95","value":162.5,"unit":"ms","at":"2026-01-31T12:00:00.000000Z","source":"prometheus"},{"metric":"p95","unit":"ms","at":"2026-01-31T12:00:30.000000Z","source":"prometheus"}]}"""),
                Answers.Past(5, "rollback_triggered", """{"rule":"p95-latency","kind":"sustained","text":"p95 > 150ms for 5min","found":"5min 30s","count":11,"measurements":[4],"metric":"p95","window":{"from":"2026-01-31T11:54:30.000000Z","to":"2026-01-31T12:00:00.000000Z"}}"""),
                Answers.Past(6, "rollback_started", """{"cause":"rule","reason":"p95 over 150ms"}"""),
                Answers.Past(7, "rollback_completed", """{"durationMs":190000,"objectiveMs":300000,"within":true}"""),
                Answers.Past(8, "deviation_recorded", """{"code":"drifted","message":"another commit runs","observed":{"at":"2026-01-31T12:00:00.000000Z","source":"argocd"}}"""),
                Answers.Past(9, "release_closed", """{"outcome":"rolled_back","reason":"latency"}"""))))
            .On("GET /v1/releases/shop/v2/history?limit=500", Reply.Problem(404, "release_unknown", "There is no release 'shop/v2'.")),
        "watch shop/v1.0.0 --interval 1s",
        "watch shop/v2",
        "watch shop/v1.0.0 --interval never");

    [Fact]
    public async Task A_release_that_closed_as_a_success_ends_a_watch_with_0_and_programs_get_a_line_an_event()
    {
        await using var server = new ScriptedServer().On("GET /v1/releases/shop/v1.0.0/history?limit=500", Reply.Ok(Page(null, Answers.Past(1, "release_closed", """{"outcome":"succeeded","reason":"kept"}"""))));
        using var shell = Shell.At(server);
        var ran = await shell.RunAsync("watch shop/v1.0.0 --json");
        ran.ExitCode.ShouldBe(0);
        ran.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().ShouldContain("\"type\":\"release_closed\"");

        (shell.Terminal, shell.Variables["TERM"]) = (true, "xterm-256color");
        (await shell.RunAsync("watch shop/v1.0.0")).ExitCode.ShouldBe(0);
    }

    private static Reply FollowedUp(string outcome, string open, string name = "tell") =>
        Reply.Created($$"""{"release":"shop/v1.0.0","followUp":"{{name}}","outcome":"{{outcome}}","open":[{{open}}],"receipt":{{Answers.Receipt}}}""");

    private static Reply Deployed(string verdict, int deviations = 0) => Reply.Created($$"""{"release":"shop/v1.0.0","verdict":"{{verdict}}","deviations":{{deviations}},"receipt":{{Answers.Receipt}}}""");

    [Fact]
    public Task An_audit_says_sound_or_the_first_bad_leaf() => Compare(
        "audit",
        new ScriptedServer().On(
            "POST /v1/audit",
            Reply.Ok($$"""{"sound":true,"events":12,"treeSize":12,"root":"{{Answers.Hash}}","problems":[],"elapsedMs":41}"""),
            Reply.Ok($$"""
                {"sound":false,"events":12,"treeSize":12,"root":"{{Answers.Hash}}","elapsedMs":41,"firstBad":{"sequence":3,"leafIndex":2,"message":"the row is not what was sealed"},
                "problems":[{"code":"leaf_differs","sequence":3,"leafIndex":2,"stream":"release/shop/v1.0.0","message":"the row is not what was sealed"},{"code":"root_differs","message":"the root is another"}]}
                """),
            Reply.Problem(403, "role_not_allowed", "The role 'ci' may not do this.", "use a token with one of the roles: auditor")),
        "audit", "audit", "audit");

    [Fact]
    public Task Tokens_are_made_and_looked_at() => Compare(
        "token",
        new ScriptedServer()
            .On("POST /v1/tokens", Reply.Created("""{"token":"ldg_new","subject":"ci","role":"ci","services":["shop","cart"],"expiresAt":"2026-02-07T12:00:00.000000Z"}"""))
            .On("GET /v1/whoami", Reply.Ok("""{"subject":"ada","role":"auditor","services":["*"]}""")),
        "token new --role ci --service shop cart --expires 7d",
        "whoami");

    [Fact]
    public Task The_clock_of_a_sandbox_is_held_and_measurements_are_played() => Compare(
        "sandbox",
        new ScriptedServer()
            .On(
                "PUT /v1/sandbox/clock",
                Reply.Ok($$"""{"time":"2023-11-19T21:00:00.000000Z","receipt":{{Answers.Receipt}}}"""), Reply.Ok($$"""{"receipt":{{Answers.Receipt}}}"""),
                Reply.Problem(409, "not_a_sandbox", "the ledger ledger.example/log is no sandbox: its clock is the real one", "times are given in a sandbox alone"),
                Reply.Ok($$"""{"time":"2023-11-19T21:00:30.000000Z","receipt":{{Answers.Receipt}}}"""), Reply.Ok($$"""{"time":"2023-11-19T21:05:00.000000Z","receipt":{{Answers.Receipt}}}"""),
                Reply.Ok($$"""{"time":"2023-11-19T21:00:30.000000Z","receipt":{{Answers.Receipt}}}"""), Reply.Problem(409, "clock_set_back", "the log's time never goes back", "give a later one"))
            .On(
                "POST /v1/releases/shop/v1.0.0/deployment/measurements",
                Reply.Ok($$"""{"recorded":2,"repeated":0,"triggered":[],"receipt":{{Answers.Receipt}}}"""), Reply.Ok($$"""{"recorded":1,"repeated":0,"triggered":["p95-latency"],"receipt":{{Answers.Receipt}}}"""),
                Reply.Ok("""{"recorded":0,"repeated":2,"triggered":[]}""")),
        "sandbox clock 2023-11-19T21:00:00Z",
        "sandbox clock real",
        "sandbox clock 2023-11-19",
        "sandbox clock yesterday",
        "sandbox play shop/v1.0.0 played.txt --from 2023-11-19T21:00:00Z --idempotency-key replay-7",
        "sandbox play shop/v1.0.0 played.txt --from 2023-11-19T21:00:00Z --json",
        "sandbox play shop/v1.0.0 cloudevent.json --from 2023-11-19T21:00:00Z",
        "sandbox play shop/v1.0.0 played.txt");

    [Fact]
    public Task A_sandbox_is_seen_to_be_one_and_a_trigger_names_its_measurements() => Compare(
        "sandbox-reading",
        new ScriptedServer { Log = new TestLog(12) { Named = "sandbox.ledger.test/log" } }
            .On("GET /v1/releases/shop/v1.0.0", Reply.Ok(Answers.Pending))
            .On("GET /v1/releases/shop/v1.0.0/history?limit=500", Reply.Ok(Page(null,
                Answers.Past(1, "release_opened", $$"""{"environment":"production","commit":"0a1b2c3d","policy":{{Answers.Policy}}}"""),
                Answers.Past(2, "analysis_measured", """{"measurements":[{"metric":"p95","value":162.5,"unit":"ms","at":"2026-01-31T12:00:00.000000Z","source":"prometheus"}]}"""),
                Answers.Past(3, "analysis_measured", """{"measurements":[{"metric":"p95","value":171,"unit":"ms","at":"2026-01-31T12:00:30.000000Z","source":"prometheus"}]}"""),
                Answers.Past(4, "rollback_triggered", """{"rule":"p95-latency","kind":"sustained","text":"p95 > 150ms for 30s","found":"2 measurements","count":2,"measurements":[2,3,9],"metric":"p95","window":{"from":"2026-01-31T12:00:00.000000Z","to":"2026-01-31T12:00:30.000000Z"}}""")))),
        "release status shop/v1.0.0",
        "release history shop/v1.0.0");

    [Fact]
    public Task Receivers_of_webhooks_are_listed_and_their_dead_letters_replayed() => Compare(
        "webhook",
        new ScriptedServer()
            .On("GET /v1/webhooks", Reply.Ok(
                """
                {"receivers":[{"name":"chat","configured":true,"address":"https://chat.example.com","events":["decision_made","release_closed"],"sequence":12,"lag":{"events":0,"seconds":0},"streams":0,"retrying":0,"deadLetters":0},
                {"name":"old","configured":false,"sequence":3,"lag":{"events":9,"seconds":86400},"streams":0,"retrying":0,"deadLetters":0},
                {"name":"rollback","configured":true,"address":"https://hooks.example.com","afterDeadLetter":"continue","sequence":9,"lag":{"events":3,"seconds":61.5},"streams":2,"retrying":1,"problem":"it answered 503","deadLetters":2,"node":"a:1"}]}
                """), Reply.Ok("""{"receivers":[]}"""))
            .On("GET /v1/webhooks/rollback/dead-letters?limit=100", Reply.Ok(
                """
                {"receiver":"rollback","deadLetters":[{"id":7,"event":"0198c0de-0000-7000-8000-000000000007","type":"gate_reported","subject":"shop/v1.0.0","attempts":20,"firstAttemptAt":"2026-01-31T10:00:00.000000Z","lastAttemptAt":"2026-01-31T11:47:03.000000Z","status":503,"problem":"it answered 503","replaying":false},
                {"id":8,"event":"0198c0de-0000-7000-8000-000000000008","type":"release_closed","subject":"shop/v1.0.0","attempts":21,"firstAttemptAt":"2026-01-31T10:00:00.000000Z","lastAttemptAt":"2026-01-31T11:47:03.000000Z","problem":"it did not answer in time","replaying":true}],"next":"8"}
                """))
            .On("GET /v1/webhooks/rollback/dead-letters?after=8&limit=2", Reply.Ok("""{"receiver":"rollback","deadLetters":[]}"""))
            .On("GET /v1/webhooks/nobody/dead-letters?limit=100", Reply.Problem(404, "receiver_unknown", "there is no receiver 'nobody'", "list what is there: GET /v1/webhooks"))
            .On("POST /v1/webhooks/rollback/dead-letters/7/replay", Reply.Ok("""{"receiver":"rollback","replayed":1}"""))
            .On("POST /v1/webhooks/rollback/dead-letters/replay", Reply.Ok("""{"receiver":"rollback","replayed":2}"""))
            .On("POST /v1/webhooks/rollback/dead-letters/9/replay", Reply.Problem(404, "dead_letter_unknown", "'rollback' has no dead letter 9"))
            .On("POST /v1/webhooks/rollback/dead-letters/7/discard", Reply.Ok("""{"receiver":"rollback","discarded":7}"""))
            .On("GET /v1/webhooks/rollback/discards?limit=100", Reply.Ok(
                """{"receiver":"rollback","discards":[{"id":7,"event":"0198b3a1-0000-7000-8000-000000000007","type":"rollback_triggered","subject":"shop/v1","attempts":16,"problem":"it answered 500","at":"2026-03-02T08:00:00.000000Z","by":"ops","reason":"done by hand"}]}""")),
        "webhook list",
        "webhook list",
        "webhook dead-letters rollback",
        "webhook dead-letters rollback --after 8 --limit 2",
        "webhook dead-letters nobody",
        "webhook replay rollback 7",
        "webhook replay rollback --all",
        "webhook replay rollback 9",
        "webhook replay rollback",
        "webhook replay rollback 7 --all",
        "webhook discard rollback 7 --reason done",
        "webhook discard rollback 7",
        "webhook discards rollback");

    [Fact]
    public Task A_proof_is_fetched_and_checked()
    {
        var log = new TestLog(7);
        return Compare(
            "proof",
            new ScriptedServer { Log = log }
                .On("GET /v1/events/4", Reply.Ok(log.LoggedEvent(3)))
                .On("GET /v1/proofs/inclusion?sequence=4&treeSize=7", Reply.Ok(log.Inclusion(3))),
            "proof 4",
            $"proof #4 --log-key {log.Key}",
            $"proof 4 --json --log-key {log.Key}");
    }

    [Fact]
    public Task A_policy_that_cannot_be_met_is_refused_with_every_problem() => Compare(
        "policy-refused",
        new ScriptedServer().On("POST /v1/policies", Reply.Problem(
            422, "policy_unsatisfiable", "the policy can never be met", "check it first: ledger policy check", more:
            """,\"problems\":[{"code":"metric_unknown","path":"$.gates[0].criteria[0].metric","message":"k6 has no such metric.","hint":"http_reqs","severity":"error","line":7,"column":9},{"code":"gate_empty","path":"$.gates[1]","message":"Nothing is asked for.","severity":"warning"}]""".Replace("\\", ""))),
        "policy publish shop.yaml",
        "policy publish shop.yaml --json");

    private static string Page(string? next, params string[] events) =>
        $$"""{"release":"shop/v1.0.0","events":[{{string.Join(',', events)}}]{{(next is null ? "" : $",\"next\":\"{next}\"")}}}""";

    private static async Task Compare(string name, ScriptedServer server, params string[] commands)
    {
        await using (server)
        {
            using var shell = Shell.At(server);
            shell.Write("shop.yaml", "name: shop\n");
            shell.Write("k6.json", "{}");
            shell.Write("cloudevent.json", """{"specversion":"1.0","id":"1","source":"/ci","type":"t"}""");
            shell.Write("yesterday.json", """{"specversion":"1.0","id":"1","source":"/ci","type":"t","time":"yesterday"}""");
            shell.Write("batch.json", """ [{"specversion":"1.0","id":"1","source":"/ci","type":"t"}]""");
            shell.Write("prometheus.json", """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"job":"shop"},"values":[[1769860800,"0.142"],[1769860830,"NaN"]]}]},"warnings":["partial"]}""");
            shell.Write("series.json", """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"pod":"a"},"value":[1769860800,"1"]},{"metric":{"pod":"b"},"value":[1769860800,"2"]}]}}""");
            shell.Write("cdevent.json", """{"context":{"specversion":"0.5.0","id":"e-1","source":"/ci","type":"dev.cdevents.service.deployed.0.3.0","timestamp":"2026-01-31T12:00:00Z"},"subject":{"id":"shop","content":{}}}""");
            shell.Write("played.txt", "# the first phase\n30s error_rate=0.3% p95=142ms  # quiet\n\n5m p95=160ms\n");
            shell.Input = "{}"u8.ToArray();
            var transcripts = new List<string>();
            foreach (var command in commands) transcripts.Add((await shell.RunAsync(command)).Transcript);
            Golden.ShouldMatch(string.Join('\n', transcripts), $"{name}.txt");
        }
    }
}
