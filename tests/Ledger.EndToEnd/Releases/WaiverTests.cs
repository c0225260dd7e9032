namespace Ledger.EndToEnd;

/// <summary>An invented release that went with a waived gate: who answered for it, until when, and that it ended by itself.</summary>
public sealed class WaiverTests
{
    [Fact]
    public async Task It_goes_with_a_waived_gate_and_the_waiver_ends_by_itself()
    {
        await using var replay = await Replay.BeginAsync();
        await replay.RunAsync("web-service", "waiver.sh");
        await replay.StatusTellsAsync(
            "shop/1.3.0",
            "succeeded shop/1.3.0 production",
            "Opened on 2025-10-06 at 08:00 UTC, decided GO at 09:30 with vulnerabilities waived, began its rolling rollout at 10:00, reached everybody at 10:10, passed its watch at 11:10 and was closed as succeeded on 2025-10-20 at 09:00",
            "AGAINST IT NOW",
            "the waiver that Mara Lindqvist, head of platform answered for ended at 2025-10-20T08:00:00",
            "an invented release",
            "closed succeeded by local-release-manager at 2025-10-20T09:00:00Z",
            "may go now NO_GO: a closed release does not go again");
        await replay.HistoryTellsAsync(
            "shop/1.3.0",
            "vulnerabilities: failed by trivy, vulnerabilities.critical 0 (== 0), vulnerabilities.high 1 (== 0)",
            "vulnerabilities: Mara Lindqvist, head of platform answers until 2025-10-20T08:00:00Z",
            "instead: uploads are for staff alone",
            "GO: the load test passed",
            "2025-10-20T08:00:00Z",
            "the waiver of vulnerabilities ended");
        await replay.RepeatAsync("web-service", "waiver.sh");
    }
}
