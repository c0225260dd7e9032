using Ledger.Domain.Deployments;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Deadlines;

/// <summary>Which deadlines of a release are still to pass. Pure: they follow from its events alone.</summary>
public static class OpenDeadlines
{
    // A measurement may come somewhat late without anything being wrong: it is missed when the one after it is due too.
    private const int IntervalsBorne = 2;

    /// <summary>The next of them; null where there is none. Of several at one moment, the first by key.</summary>
    public static Deadline? Next(ReleaseState state) => Of(state).MinBy(deadline => (deadline.Due, deadline.Key), ByTimeThenKey.Instance);

    /// <summary>Those that are due at <paramref name="at"/>, the earliest first.</summary>
    public static IReadOnlyList<Deadline> Due(ReleaseState state, DateTimeOffset at) =>
        [.. Of(state).Where(deadline => deadline.Due <= at).OrderBy(deadline => (deadline.Due, deadline.Key), ByTimeThenKey.Instance)];

    /// <summary>All of them.</summary>
    public static IEnumerable<Deadline> Of(ReleaseState state) => state.Facts.Closed is not null
        ? []
        : All(state).Where(deadline => !(state.Deployment?.Passed.TryGetValue(deadline.Key, out var passed) == true && passed.Due >= deadline.Due));

    private static IEnumerable<Deadline> All(ReleaseState state)
    {
        foreach (var (gate, known) in state.Gates)
            if (known.Waiver is { } waiver) yield return new Deadline(DeadlineKind.WaiverEnd, waiver.Until, gate);
        if (state.Facts.Decision is { Verdict: Verdict.Go, ApproveBy: { } approveBy }) yield return new Deadline(DeadlineKind.ApprovalDue, approveBy);
        var deployment = state.Deployment;
        if (state.Opened.Window is { } window && deployment?.FullyOut is null) yield return new Deadline(DeadlineKind.WindowEnd, window.End);
        if (deployment is null) yield break;

        if (deployment is { Phase: DeploymentPhase.RollingBack, Rollback: { } rollback, Terms.RollbackObjective: { } objective })
            yield return new Deadline(DeadlineKind.RollbackObjective, rollback.Started.At + objective.Duration);
        if (deployment.Phase != DeploymentPhase.Started) yield break;

        if (deployment is { FullyOut: { } fullyOut, Watch: null, Terms.Watch: { } watch }) yield return new Deadline(DeadlineKind.WatchEnd, fullyOut.At + watch.Duration);
        if (deployment.RunningStep is not { } step) yield break;
        foreach (var deadline in OfTheStep(deployment, step)) yield return deadline;
    }

    private static IEnumerable<Deadline> OfTheStep(DeploymentState deployment, StepState step)
    {
        var terms = deployment.FindStep(step.Name)!;
        if (terms.Duration is { } duration) yield return new Deadline(DeadlineKind.StepEnd, step.Started.At + duration.Duration, step.Name);
        foreach (var analysis in deployment.Terms!.Analyses)
        {
            if (!terms.Analyses.Contains(analysis.Name)) continue;
            var newest = deployment.SeriesOf(analysis.Metric).Newest is { } at && at > step.Started.At ? at : step.Started.At;
            yield return new Deadline(DeadlineKind.AnalysisDue, newest + (analysis.Interval.Duration * IntervalsBorne), analysis.Name);
            if (analysis.SilenceUnder(deployment.Terms.SilenceLimit?.Duration) is { } limit) yield return new Deadline(DeadlineKind.Silence, newest + limit, analysis.Name);
        }
    }

    private sealed class ByTimeThenKey : IComparer<(DateTimeOffset Due, string Key)>
    {
        public static ByTimeThenKey Instance { get; } = new();

        public int Compare((DateTimeOffset Due, string Key) x, (DateTimeOffset Due, string Key) y) =>
            x.Due != y.Due ? x.Due.CompareTo(y.Due) : string.CompareOrdinal(x.Key, y.Key);
    }
}
