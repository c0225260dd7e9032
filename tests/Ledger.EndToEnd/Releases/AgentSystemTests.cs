namespace Ledger.EndToEnd;

/// <summary>agent-system v2.2.0 from open to close with the times of its production sign-off, and as it would not have gone.</summary>
public sealed class AgentSystemTests
{
    private const string Release = "agent-system/v2.2.0";
    private const string NoGo = "agent-system/v2.2.0-no-go";

    [Fact]
    public async Task It_goes_out_blue_green_and_its_no_go_names_who_did_not_sign()
    {
        await using var replay = await Replay.BeginAsync();
        await replay.RunAsync("agent-system", "replay.sh");
        await replay.StatusTellsAsync(
            Release,
            "succeeded agent-system/v2.2.0 production",
            "Opened on 2023-11-19 at 20:00 UTC, decided GO at 23:00 with 6 sign-offs, began its blue-green rollout on 2023-11-20 at 01:00, reached everybody at 02:15, passed its watch on 2023-11-21 at 02:15 and was closed as succeeded at 02:30: v2.2.0 serves all traffic",
            "Blue-green deployment with zero downtime inside a maintenance window, decided two hours ahead.",
            "risk low window 2023-11-20T01:00:00Z to 2023-11-20T03:00:00Z decide by 2023-11-19T23:00:00Z",
            "GO by local-release-manager at 2023-11-19T23:00:00Z",
            "all seven GO criteria are met",
            "closed succeeded by local-release-manager at 2023-11-21T02:30:00Z: v2.2.0 serves all traffic",
            "rollback-rehearsal passed Rollback rehearsed",
            "team-unavailable absent Team members unavailable",
            "technical 3 of 3 Alice Johnson devops-lead approve 2023-11-19T22:30:00Z",
            "Carol White security-lead approve 2023-11-19T22:35:00Z",
            "David Brown engineering-manager approve 2023-11-19T22:40:00Z",
            "business 2 of 2 Eve Davis product-manager approve 2023-11-19T22:45:00Z",
            "Frank Wilson vp-engineering approve 2023-11-19T22:50:00Z",
            "final 1 of 1 Grace Miller cto approve 2023-11-19T22:55:00Z",
            "deployment promoted (blue-green) started 2023-11-20T01:00:00Z",
            "fully out 2023-11-20T02:15:00Z",
            "rehearsed in 00:03:32, within the objective",
            "watched until 2023-11-21T02:15:00Z watch ended passed",
            "kickoff Deployment kickoff meeting devops-lead 10min completed 2023-11-20T01:10:00Z",
            "post-verification Post-deployment verification qa-team 20min completed 2023-11-20T02:15:00Z",
            "switch Traffic switch to green devops-lead 100% 5min completed 2023-11-20T02:20:00Z",
            "monitoring Production monitoring devops-team 30min completed response-time passed (0 of 6 failed)",
            "uptime passed Uptime prometheus 99.97% (>= 99.95%)",
            "pods passed All pods running and ready (3/3) kubectl 3 (>= 3)",
            "review done Schedule 24-hour monitoring review 2023-11-21T02:15:00Z 2023-11-21T02:30:00Z by local-release-manager held",
            "document-review done Review this sign-off after the deployment 2023-11-21T02:15:00Z 2023-11-21T09:00:00Z by local-release-manager");
        await replay.HistoryTellsAsync(
            Release,
            "2023-11-19T20:00:00Z #4 release_opened",
            "window 2023-11-20T01:00:00Z to 2023-11-20T03:00:00Z, decide by 2023-11-19T23:00:00Z",
            "load-tests: passed by k6, vus_max.value 1000 (>= 1000), http_req_duration.p(95) 287.2ms (< 500ms)",
            "a rollback was rehearsed in 212 s",
            "rollback.version_rollback 212s (< 5min)",
            "technical: Alice Johnson as devops-lead: approved",
            "final: Grace Miller as cto: approved",
            "GO: all seven GO criteria are met",
            "the deployment started, blue-green of commit 2f7c1e90ab34",
            "traffic was switched to green from blue",
            "response_time 291ms, error_rate 0.03%, throughput 1232/s, uptime 99.97% at 2023-11-20T02:25:00",
            "the deployment was promoted",
            "the watch ended: passed",
            "notification: done, sent to DevOps, Security, Engineering and Management",
            "2023-11-21T02:30:00Z",
            "release_closed",
            "document-review: done, the sign-off was read again");
        await replay.HoldsAsync(Release, "agent-system");
        await replay.DoAsync("signoffs", "verify", Release);
        await replay.DoAsync("audit");

        await replay.RunAsync("agent-system", "no-go.sh");
        await replay.StatusTellsAsync(
            NoGo,
            "abandoned agent-system/v2.2.0-no-go production",
            "decided NO_GO at 23:00 (the business sign-off is incomplete: the VP Engineering (vp-engineering) has not signed, so the final authorization cannot open) and was closed as abandoned at 23:00",
            "a release that was decided against does not go",
            "business Business Sign-Off: 2 of product-manager, vp-engineering 1 of 2 approvals are there",
            "NO_GO by local-release-manager at 2023-11-21T23:00:00Z",
            "the VP Engineering (vp-engineering) has not signed",
            "business 1 of 2 Eve Davis product-manager approve 2023-11-21T22:45:00Z",
            "open vp-engineering final 0 of 1 not open cto",
            "deployment not started");
        await replay.HistoryTellsAsync(NoGo, "NO_GO: the business sign-off is incomplete: the VP Engineering (vp-engineering) has not signed", "abandoned: decided NO_GO at the go/no-go time");
    }
}
