namespace Ledger.EndToEnd;

/// <summary>RecoveryOS 2025-08-14 from open to close, and as it would have gone back.</summary>
public sealed class RecoveryOsTests
{
    private const string Release = "recoveryos/2025-08-14";
    private const string BurnRate = "recoveryos/2025-08-14-burn-rate";

    [Fact]
    public async Task It_turns_its_flag_and_goes_back_when_its_budget_burns_too_fast()
    {
        await using var replay = await Replay.BeginAsync();
        await replay.RunAsync("recoveryos", "replay.sh");
        await replay.StatusTellsAsync(
            Release,
            "succeeded recoveryos/2025-08-14 production",
            "Ten elite AI endpoints behind one feature flag",
            "GO by local-release-manager at 2025-08-14T08:50:00Z",
            "pii-redaction passed PII redaction",
            "deployment promoted (feature flag) started 2025-08-14T09:00:00Z",
            "fully out 2025-08-14T10:00:00Z",
            "watch ended passed",
            "initial Phase 1: initial rollout 5% 30min completed p95-latency passed (0 of 30 failed), error-rate passed (0 of 30 failed) 2025-08-14T09:30:00Z",
            "gradual Phase 2: gradual increase 10% 30min completed",
            "full Phase 3: full rollout 100% 24h completed slo-compliance passed (0 of 24 failed) 2025-08-15T10:00:00Z",
            "error-rate passed Error rate prometheus 0.12% (< 1%)",
            "compliance passed Clinical safety standards maintained",
            "training open Train the operations team on the runbook procedures");
        await replay.HistoryTellsAsync(
            Release,
            "test-coverage: passed by cobertura, coverage.line 88.45% (>= 80%)",
            "static-security: passed by bandit, issues.high 0 (== 0)",
            "load-continual-learning: passed by k6, http_req_duration.p(95) 120ms (< 500ms)",
            "load-continual-learning: passed by measurements, cost.per_1000_calls $0.12 (<= $0.18)",
            "load-edge-ai: passed by k6, http_req_duration.p(95) 95ms (< 400ms)",
            "pii-redaction (email, phone, ssn, medical-record, address): met",
            "GO: 100 % release-ready",
            "the step initial began, 5%",
            "the step gradual began, 10%",
            "the step full began, 100%",
            "the watch ended: passed",
            "succeeded: all ten endpoints serve everybody");
        await replay.HoldsAsync(Release, "recoveryos");

        await replay.RunAsync("recoveryos", "burn-rate.sh");
        await replay.StatusTellsAsync(
            BurnRate,
            "rolled back recoveryos/2025-08-14-burn-rate production",
            "began its feature flag rollout at 09:00, saw the rule budget-burn fire at 09:39 (error_budget.burn > 2 × baseline), was taken back at 09:41 in 2 min and was closed as rolled back at 09:44",
            "error_budget.burn > 2 × baseline error_budget.burn was 0.019, more than 2 times 0.008",
            "closed rolled back by local-release-manager at 2025-08-16T09:44:00Z: the error budget burnt at 2.4 times its baseline",
            "deployment rolled back (feature flag)",
            "rollback error budget burn > 2x baseline, 2025-08-16T09:39:00Z",
            "rolled back 2025-08-16T09:41:00Z",
            "verified it works, 2025-08-16T09:44:00Z",
            "gradual Phase 2: gradual increase 10% 30min stopped",
            "ON THE MEASUREMENTS",
            "error_budget.burn 1.9% at 09:39:00 (#");
        await replay.HistoryTellsAsync(
            BurnRate,
            "error_budget.burn 0.8% at 2025-08-16T08:55:00.000000Z by prometheus (baseline)",
            "error_budget.burn 1.6% at 2025-08-16T09:38:00",
            "p95_latency 247ms, error_rate 0.36%, error_budget.burn 1.9% at 2025-08-16T09:39:00",
            "the rule budget-burn fired (error_budget.burn > 2 × baseline)",
            "a rollback began, by rule",
            "the rollback was looked at, and works");
        await replay.RepeatAsync("recoveryos", "burn-rate.sh");
    }
}
