using System.Collections.Immutable;
using System.Diagnostics;
using Ledger.Domain.Events;

namespace Ledger.Domain.Deployments;

/// <summary>Folds what happens to a deployment. Like every fold it steps over nothing: what cannot follow throws.</summary>
internal static class DeploymentFold
{
    // Anybody may name new kinds of deviations: beyond this many they are counted together.
    private const int DeviationsAtMost = 64;
    private const string FurtherDeviations = "further_deviations";

    public static DeploymentState Evolve(DeploymentState state, DeploymentEvent happened, EventReference reference, DateTimeOffset at) => happened switch
    {
        DeploymentEvent.Started started => Started(state, started, new Moment(started.Observed?.At ?? at, reference)),
        DeploymentEvent.StepStarted step => StepStarted(state, step, new Moment(step.Observed?.At ?? at, reference)),
        DeploymentEvent.Measured measured => Measured(state, measured.Measurements, reference.Version),
        DeploymentEvent.StepCompleted step => StepCompleted(state, step, new Moment(step.Observed?.At ?? at, reference)),
        DeploymentEvent.Paused paused => state with { Paused = new Moment(paused.Observed?.At ?? at, reference) },
        DeploymentEvent.Resumed => state with { Paused = null },
        DeploymentEvent.Promoted promoted => FullyOut(state, new Moment(promoted.Observed?.At ?? at, reference)) with { Promoted = new Moment(promoted.Observed?.At ?? at, reference) },
        DeploymentEvent.Aborted aborted => state with { Phase = DeploymentPhase.Aborted, Paused = null, Aborted = new Moment(aborted.Observed?.At ?? at, reference) },
        DeploymentEvent.TrafficSwitched { ToRelease: true } switched => FullyOut(state, new Moment(switched.Observed?.At ?? at, reference)),
        DeploymentEvent.TrafficSwitched => state with { FullyOut = null },
        DeploymentEvent.DeviationRecorded deviation => state with { Deviations = With(state.Deviations, deviation, reference) },
        _ => throw new UnreachableException(),
    };

    /// <summary>With the measurements that count put in their places, and older ones settled.</summary>
    internal static DeploymentState Measured(DeploymentState state, IReadOnlyList<Sample> samples, long version)
    {
        var inserted = Insert(state, samples, version);
        var series = inserted.Series;
        foreach (var metric in samples.Where(sample => sample.Timing is null).Select(sample => sample.Metric).Distinct(StringComparer.Ordinal))
            series = series.SetItem(metric, series[metric].Settle(MetricTerms.Of(state.Terms!, metric)));
        return inserted with { Series = series };
    }

    /// <summary>With the measurements that count put in their places. Rules look at this: what has just come in is not settled yet.</summary>
    internal static DeploymentState Insert(DeploymentState state, IReadOnlyList<Sample> samples, long version)
    {
        var (series, baselines) = (state.Series, state.Baselines);
        foreach (var sample in samples)
        {
            var point = new Point(sample.At, sample.Source, sample.Value, version);
            if (sample.Timing is null) series = series.SetItem(sample.Metric, series.GetValueOrDefault(sample.Metric, SeriesState.Empty).Insert(point));
            else if (sample.Timing == SampleTiming.Baseline && Counts(point, baselines.TryGetValue(sample.Metric, out var known) ? known : null)) baselines = baselines.SetItem(sample.Metric, point);
        }

        return state with { Series = series, Baselines = baselines };
    }

    // The newest that tells something: a source that could not tell makes nobody forget what another one measured.
    private static bool Counts(Point baseline, Point? known)
    {
        if (known is not { } before) return true;
        return (before.Value is null) == (baseline.Value is null) ? before.CompareTo(baseline.At, baseline.Source) < 0 : before.Value is null;
    }

    // Another attempt is held to the plan from its beginning. What went against it before stays.
    private static DeploymentState Started(DeploymentState state, DeploymentEvent.Started started, Moment moment) => state.Attempt + 1 == started.Attempt
        ? new DeploymentState
        {
            Terms = started.Terms,
            Phase = DeploymentPhase.Started,
            Attempt = started.Attempt,
            Started = moment,
            Baselines = state.Baselines,
            Rehearsed = state.Rehearsed,
            Deviations = state.Deviations,
            Passed = state.Passed,
        }
        : throw new InvalidOperationException($"attempt {started.Attempt} does not follow attempt {state.Attempt}");

    private static DeploymentState StepStarted(DeploymentState state, DeploymentEvent.StepStarted started, Moment moment)
    {
        var step = state.FindStep(started.Step) ?? throw new InvalidOperationException($"the plan has no step '{started.Step}'");
        var series = state.Series;
        foreach (var metric in state.Terms!.Analyses.GroupBy(analysis => analysis.Metric))
        {
            var analyses = metric.Select(analysis => analysis.Name).Where(step.Analyses.Contains).ToList();
            series = series.SetItem(metric.Key, series.GetValueOrDefault(metric.Key, SeriesState.Empty).BeginStep(moment.At, moment.Event.Version, analyses));
        }

        var next = state with { Steps = state.Steps.Add(new StepState(started.Step, moment, [])), Series = series };
        return step.Weight?.Value >= 1 ? FullyOut(next, moment) : next;
    }

    private static DeploymentState StepCompleted(DeploymentState state, DeploymentEvent.StepCompleted completed, Moment moment) =>
        state.RunningStep is { } step && step.Name == completed.Step
            ? state with { Steps = state.Steps.SetItem(state.Steps.Length - 1, step with { Completed = moment, Analyses = [.. completed.Analyses] }) }
            : throw new InvalidOperationException($"the step '{completed.Step}' is not running");

    // The first time counts: from then on everybody had it.
    private static DeploymentState FullyOut(DeploymentState state, Moment moment) => state.FullyOut is null ? state with { FullyOut = moment } : state;

    private static ImmutableArray<DeviationState> With(ImmutableArray<DeviationState> deviations, DeploymentEvent.DeviationRecorded recorded, EventReference reference)
    {
        var known = deviations.FirstOrDefault(deviation => deviation.Code == recorded.Code && deviation.Subject == recorded.Subject);
        var (code, subject) = (recorded.Code, recorded.Subject);
        if (known is null && deviations.Length >= DeviationsAtMost)
        {
            (code, subject) = (FurtherDeviations, null);
            known = deviations.FirstOrDefault(deviation => deviation.Code == FurtherDeviations);
        }

        var next = new DeviationState(code, recorded.Message, reference, (known?.Count ?? 0) + 1, subject);
        return known is null ? deviations.Add(next) : deviations.Replace(known, next);
    }
}
