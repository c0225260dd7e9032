using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Watches;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Watches;

/// <summary>
/// Records checks of the watch from what other systems say by themselves. The policy's check is found by its metric: a name that both agree on.
/// </summary>
internal sealed class WatchDesk(CommandDesk desk, LedgerStore store)
{
    /// <summary>How many critical alerts fire.</summary>
    public static readonly string[] CriticalAlerts = ["alerts.critical"];

    /// <summary>How many incidents there were. Nobody says of one that it is none of security's.</summary>
    public static readonly string[] Incidents = ["incidents", "security.incidents"];

    /// <summary>Whether the deployed commit is the release's.</summary>
    public static readonly string[] ShaMatches = ["deployment.sha_matches"];

    /// <summary>Records a value that fails its check; nothing where it would not, because what one message says is not all there is.</summary>
    /// <returns>The checks that failed with it; and a problem where nobody can tell.</returns>
    public ValueTask<(IReadOnlyList<string> Checks, Problem? Unavailable)> FailAsync(HttpContext http, ReleaseId release, string[] metrics, double value, string note, string source) =>
        RecordAsync(http, release, metrics, value, note, source, onlyFailing: true);

    /// <summary>Records a value, or that the source could not tell.</summary>
    /// <returns>The checks it was recorded for; and a problem where nobody can tell.</returns>
    public async ValueTask<(IReadOnlyList<string> Checks, Problem? Unavailable)> RecordAsync(
        HttpContext http, ReleaseId release, string[] metrics, double? value, string note, string source, bool onlyFailing = false)
    {
        if (await store.Releases.FindAsync(release, http.RequestAborted) is not { } view) return ([], null);
        var deployment = view.State.Deployment ?? DeploymentState.None;
        if (deployment.FullyOut is null || deployment.Watch is not null) return ([], null);

        var recorded = new List<string>();
        foreach (var check in view.Policy.Policy.AfterDeployment?.Checks ?? [])
        {
            if (check.Measured is not { } condition || !metrics.Contains(condition.Metric)) continue;
            var isMet = value is { } measured && condition.Comparator.Holds(measured, condition.Threshold.Value);
            if (onlyFailing && isMet) continue;
            if (IsKnown(deployment, check, value, source, isMet)) continue;
            var submitted = await desk.SubmitAsync(
                http, new WatchCommand.RecordCheck(release, CheckList.Watch, check.Name, source, value, value is null ? null : condition.Threshold.Unit ?? Unit.Count, Note: note), key: null);
            if (submitted.Succeeded(out _, out var problem)) recorded.Add(check.Name);
            else if (problem.Status >= StatusCodes.Status500InternalServerError) return (recorded, problem);
        }

        return (recorded, null);
    }

    // The same word of the same source again says nothing new; and no machine turns red to green.
    private static bool IsKnown(DeploymentState deployment, Expectation check, double? value, string source, bool isMet) =>
        deployment.Checks.GetValueOrDefault(DeploymentState.KeyOf(CheckList.Watch, check.Name)) is { } before
        && ((before.Value == value && before.Source == source) || (before.Outcome == Outcome.Failed && isMet));
}
