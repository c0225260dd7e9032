using Ledger.Domain.Deployments;
using Ledger.Domain.Events;

namespace Ledger.Domain.Deadlines;

/// <summary>Folds deadlines that have passed: each is known by its key, and by when it was due.</summary>
internal static class DeadlineFold
{
    public static DeploymentState Evolve(DeploymentState state, DeadlineEvent.Passed passed, EventReference reference) => state with
    {
        Passed = state.Passed.SetItem(new Deadline(passed.Deadline, passed.Due, passed.Subject).Key, new PassedState(passed.Due, passed.Missed, reference)),
    };
}
