using System.Diagnostics;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Watches;

namespace Ledger.Domain.Deadlines;

/// <summary>
/// Lets deadlines that are due take effect. Which ones are open follows from the state, which says of each that has passed: whoever asks, and
/// however often, each takes effect once.
/// </summary>
internal static class DeadlineDecision
{
    public static Decision Decide(ReleaseState state, Policy policy, DateTimeOffset at)
    {
        var due = OpenDeadlines.Due(state, at);
        return due.Count == 0
            ? Decision.Refuse("no_deadline_due", "no deadline of the release is due that has not taken effect", "nothing to do")
            : new Decision.Accepted([.. due.Select(deadline => Effect(deadline, state, policy))]);
    }

    private static LedgerEvent Effect(Deadline deadline, ReleaseState state, Policy policy)
    {
        var subject = deadline.Subject;
        return deadline.Kind switch
        {
            DeadlineKind.AnalysisDue => Passed(deadline, true, $"no measurement of {subject} came in when it was due"),
            DeadlineKind.Silence => Passed(deadline, true, $"measurements of {subject} are missing for longer than {Silence(state.Deployment!.Terms!, subject!)}: how the release does cannot be told"),
            DeadlineKind.StepEnd => Passed(deadline, false, $"the step {subject} has lasted as long as it takes"),
            DeadlineKind.WindowEnd => Passed(deadline, true, state.Deployment is { Phase: not DeploymentPhase.NotStarted }
                ? "the maintenance window ended before the release had reached everybody"
                : "the maintenance window ended and the release was not deployed"),
            DeadlineKind.WaiverEnd => Passed(deadline, false, $"the waiver of {subject} ended"),
            DeadlineKind.ApprovalDue when AreThere(state, policy, deadline.Due) => Passed(deadline, false, "the approvals of the emergency are there"),
            DeadlineKind.ApprovalDue => Passed(deadline, true, "the approvals of the emergency are overdue"),
            DeadlineKind.RollbackObjective => Passed(deadline, true, $"the rollback was not completed in less than {state.Deployment!.Terms!.RollbackObjective}"),
            DeadlineKind.WatchEnd => WatchEnd.Of(state.Deployment!, policy.AfterDeployment!, deadline.Due),
            _ => throw new UnreachableException(),
        };
    }

    private static string Silence(DeploymentTerms terms, string analysis) =>
        terms.Analyses.First(each => each.Name == analysis).Interval is var interval && interval.Duration > terms.SilenceLimit?.Duration ? $"two intervals of {interval}" : $"{terms.SilenceLimit}";

    private static bool AreThere(ReleaseState state, Policy policy, DateTimeOffset due) => SignOffJudge.Judge(state, policy) is not { } chain
        || (chain.State == ChainState.Complete && chain.Stages.SelectMany(stage => stage.SignOffs).All(signOff => signOff.At <= due));

    private static DeadlineEvent.Passed Passed(Deadline deadline, bool missed, string message) => new(deadline.Kind, deadline.Due, missed, message, deadline.Subject);
}
