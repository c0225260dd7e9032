using System.Collections.Immutable;
using System.Diagnostics;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;

namespace Ledger.Domain.Watches;

/// <summary>Folds what happens once a release is out.</summary>
internal static class WatchFold
{
    public static DeploymentState Evolve(DeploymentState state, WatchEvent happened, EventReference reference) => happened switch
    {
        WatchEvent.Checked check => state with { Checks = With(state, check, reference) },
        WatchEvent.Ended ended => state with { Watch = new WatchState(ended.Outcome, reference) },
        _ => throw new UnreachableException(),
    };

    private static ImmutableSortedDictionary<string, CheckState> With(DeploymentState state, WatchEvent.Checked check, EventReference reference)
    {
        var key = DeploymentState.KeyOf(check.List, check.Check);
        var supersedes = check.Supersedes?.Reason is null ? state.Checks.GetValueOrDefault(key)?.Supersedes : check.Supersedes;
        return state.Checks.SetItem(key, new CheckState(check.Outcome, check.Source, reference, check.Value, supersedes));
    }
}
