using Ledger.Domain.Deployments;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Watches;

/// <summary>What the watch comes to when it ends.</summary>
internal static class WatchEnd
{
    public static WatchEvent.Ended Of(DeploymentState deployment, WatchPlan plan, DateTimeOffset due)
    {
        var checks = plan.Checks.Select(check => new WatchedCheck(
            check.Name, deployment.Checks.TryGetValue(DeploymentState.KeyOf(CheckList.Watch, check.Name), out var known) ? known.Outcome : Outcome.NotEvaluated)).ToList();
        var outcome = checks.Exists(check => check.Outcome == Outcome.Failed) ? Outcome.Failed
            : checks.TrueForAll(check => check.Outcome == Outcome.Passed) ? Outcome.Passed
            : Outcome.NotEvaluated;
        return new WatchEvent.Ended(outcome, checks, due);
    }
}
