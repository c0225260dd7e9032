using System.Text.Json;

namespace Ledger.Cli.Tests.Support;

/// <summary>Answers of a ledger in good order.</summary>
internal static class Answers
{
    public const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    /// <summary>The log that the answers are of.</summary>
    public static readonly TestLog Log = new(12);

    public static readonly string Receipt = $$"""{"sequence":12,"leafIndex":11,"leafHash":"{{Hash}}","treeSize":12,"checkpoint":{{JsonSerializer.Serialize(Log.SignedCheckpoint().ToString())}}}""";

    public const string Policy = $$"""{"name":"shop","version":2,"digest":"sha256:{{Hash}}"}""";

    public static string Recorded(string members = "") => $$"""{ {{members}}"receipt":{{Receipt}} }""";

    public static string Status(string verdict, string reasons, string loadOutcome, string release = "shop/v1.0.0", string incident = "absent") => $$"""
        {"release":"{{release}}","commit":"0a1b2c3d","tag":"v1.0.0","artifacts":[{"name":"registry/shop","digest":"sha256:{{Hash}}" }],
        "environment":"production","policy":{{Policy}},"window":{"start":"2026-01-31T22:00:00.000000Z","end":"2026-02-01T02:00:00.000000Z"},
        "summary":"Cheaper \u001b[2J checkout","risk":"low","openedAt":"2026-01-31T10:00:00.000000Z","verdict":"{{verdict}}",
        "at":"2026-01-31T12:00:00.000000Z","last":{"sequence":12,"version":4},"reasons":[{{reasons}}],
        "gates":[
        {"name":"load","title":"Load test","kind":"report","required":true,"outcome":"{{loadOutcome}}","events":[{"sequence":12,"version":4}]},
        {"name":"review","title":"Peer review","kind":"attestation","required":true,"outcome":"waived","events":[{"sequence":9,"version":3}],
        "waiver":{"event":{"sequence":9,"version":3},"owner":"ada","until":"2026-02-07T12:00:00.000000Z"} },
        {"name":"docs","title":"Documents","kind":"attestation","required":false,"outcome":"pending","events":[]}],
        "conditions":[{"name":"incident","title":"Open incident","outcome":"{{incident}}","events":[{"sequence":8,"version":2}]}]}
        """;

    /// <summary>A rollout that a rule took back.</summary>
    public const string Deployment = """
        ,"deployment":{"phase":"rolled_back","attempt":1,"strategy":"canary","steps":[
        {"name":"ten","progress":"completed","analyses":[{"analysis":"p95","outcome":"passed","measured":10,"failed":0,"inconclusive":0}],"weight":"10%","duration":"5min","started":{"at":"2026-01-31T11:00:00.000000Z","event":{"sequence":9,"version":3}},"completed":{"at":"2026-01-31T11:05:00.000000Z","event":{"sequence":10,"version":4}}},
        {"name":"thirty","progress":"running","analyses":[{"analysis":"p95","outcome":"failed","measured":4,"failed":3,"inconclusive":1}],"weight":"30%","duration":"10min","started":{"at":"2026-01-31T11:05:00.000000Z","event":{"sequence":11,"version":5}}},
        {"name":"all","progress":"pending","analyses":[],"weight":"100%"}],
        "triggers":[{"rule":"p95-latency","kind":"sustained","text":"p95 > 150ms for 5min","found":"5min 30s","event":{"sequence":12,"version":6}}],
        "deviations":[{"code":"too_early","message":"the step 'ten' takes 5min","event":{"sequence":10,"version":4},"count":2,"subject":"ten"}],
        "watch":[{"name":"burn","title":"Error budget burn","outcome":"not_evaluated"},{"name":"drift","title":"No drift","outcome":"failed","event":{"sequence":12,"version":6},"source":"argocd","value":0}],
        "success":[{"name":"gates","title":"All gates pass","outcome":"passed","event":{"sequence":12,"version":6},"source":"ada"}],
        "started":{"at":"2026-01-31T11:00:00.000000Z","event":{"sequence":8,"version":2}},
        "rollback":{"cause":"rule","reason":"p95 over 150ms","started":{"at":"2026-01-31T11:11:00.000000Z","event":{"sequence":12,"version":7}},"completed":{"at":"2026-01-31T11:14:10.000000Z","event":{"sequence":12,"version":8}},"within":true,"works":true,"verified":{"at":"2026-01-31T11:20:00.000000Z","event":{"sequence":12,"version":9}}},
        "rehearsed":{"durationMs":180000,"event":{"sequence":7,"version":1},"within":true},
        "fullyOut":{"at":"2026-01-31T11:05:00.000000Z","event":{"sequence":11,"version":5}},
        "next":{"deadline":"watch_end","due":"2026-02-01T11:00:00.000000Z"}}
        """;

    /// <summary>What its policy plans, and the words of its decision and its end.</summary>
    public const string Plan = """
        ,"decision":{"event":{"sequence":8,"version":2},"verdict":"GO","at":"2026-01-31T11:00:00.000000Z","by":"ada"},"decidedBecause":"all green","closed":"rolled_back","closedBecause":"latency",
        "plan":{"title":"Shop","description":"Orders and payments.","steps":[
        {"name":"ten","title":"Ten per cent","weight":"10%","analyses":["p95"],"owner":"devops-lead","actions":[],"commands":[]},
        {"name":"thirty","title":"Thirty per cent","weight":"30%","analyses":["p95"],"actions":[],"commands":[]}],
        "watch":[{"name":"burn","title":"Error budget burn"},{"name":"drift","title":"No drift","measured":{"metric":"drift","comparator":"==","threshold":"true"}}],
        "success":[{"name":"gates","title":"All gates pass"}],
        "followUps":[{"name":"tell","title":"Tell the customers"},{"name":"review","title":"Review the day","due":"24h"}]},
        "state":"rolled_back","story":"Opened on 2026-01-31 at 10:00 UTC, decided GO at 11:00, saw the rule p95-latency fire at 11:10 (p95 > 150ms for 5min), was taken back at 11:14:10 in 3 min 10 s and was closed as rolled back at 12:00: latency.",
        "closedAt":"2026-01-31T12:00:00.000000Z","closedBy":"ada",
        "fired":[{"rule":"p95-latency","sequence":12,"text":"p95 > 150ms for 5min","found":"5min 30s","from":"2026-01-31T11:05:00.000000Z","to":"2026-01-31T11:10:30.000000Z","count":2,"measurements":[
        {"sequence":10,"at":"2026-01-31T11:05:00.000000Z","metric":"p95","value":162.5,"unit":"ms","source":"prometheus"},{"sequence":11,"at":"2026-01-31T11:10:30.000000Z","metric":"p95","value":171,"unit":"ms","source":"prometheus"}]}],
        "followUps":[{"name":"tell","title":"Tell the customers","overdue":false,"outcome":"done","at":"2026-01-31T13:00:00.000000Z","by":"ada","note":"mail was sent","reference":"ticket 12","event":{"sequence":12,"version":10}},
        {"name":"review","title":"Review the day","due":"2026-02-01T11:05:00.000000Z","overdue":true},{"name":"archive","title":"Archive the artifacts","overdue":false}]
        """;

    public const string LoadFailed =
        """{"code":"criterion_failed","verdict":"NO_GO","subject":"load","rule":"k6 http_req_duration.p(95) < 150ms","message":"measured 162.5","events":[{"sequence":12,"version":4}]}""";

    public const string LoadMissing =
        """{"code":"report_missing","verdict":"PENDING","subject":"load","rule":"k6 http_req_duration.p(95) < 150ms","message":"no k6 report has come in","events":[]}""";

    public static readonly string Go = Status("GO", "", "passed");
    public static readonly string NoGo = Status("NO_GO", LoadFailed, "failed");
    public static readonly string Pending = Status("PENDING", LoadMissing, "pending");

    public static string Reported(string outcome, string value, string verdict, string more = "") => $$"""
        {"gate":"load","tool":"k6","outcome":"{{outcome}}",{{more}}"results":[{"metric":"http_req_duration.p(95)","comparator":"<","threshold":"150ms","outcome":"{{outcome}}"{{value}}}],
        "measurements":[],"redactions":1,"evidence":{"digest":"sha256:{{Hash}}","size":3,"mediaType":"application/json"},"gateOutcome":"{{outcome}}","verdict":"{{verdict}}","receipt":{{Receipt}}}
        """;

    public static string Past(int version, string type, string data) => $$"""
        {"sequence":{{version + 8}},"version":{{version}},"id":"00000000-0000-0000-0000-000000000001","type":"{{type}}","at":"2026-01-31T12:00:00.000000Z","actor":{"id":"ada","role":"release-manager"},"data":{{data}},"leafHash":"{{Hash}}"}
        """;
}
