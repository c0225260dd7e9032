using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;

namespace Ledger.Domain.Deployments;

/// <summary>Decides which measurements are new, which of them count, and which rules they make fire.</summary>
public static class MeasureDecision
{
    /// <summary>The most measurements in one command.</summary>
    public const int SamplesAtMost = 200;

    private const int BecauseLength = 500;

    internal static Decision Decide(DeploymentCommand.Measure command, ReleaseState state, Policy policy, IReadOnlySet<SampleIdentity>? recorded, DateTimeOffset at)
    {
        if (command.Samples.Count is 0 or > SamplesAtMost)
            return Decision.Refuse("measurements_invalid", $"a request brings 1 to {SamplesAtMost} measurements, not {command.Samples.Count}", "send fewer at a time");
        var deployment = state.Deployment ?? DeploymentState.None;
        if ((deployment.Terms ?? DeploymentTerms.Of(policy)) is not { } terms)
            return Decision.Refuse("deployment_not_planned", $"the policy '{policy.Name}' plans no deployment", "add 'deployment' to a new version of the policy");
        if (deployment.Terms is null && command.Samples.Any(sample => sample.Timing != SampleTiming.Baseline))
            return new Decision.Refused(DeploymentDecider.NotStarted(deployment)!);

        var fresh = new List<Sample>(command.Samples.Count);
        var seen = new HashSet<SampleIdentity>();
        foreach (var sample in command.Samples)
        {
            var stated = sample with { At = UtcTimeJsonConverter.Truncate(sample.At) };
            if (Check(stated, terms, deployment) is { } refusal) return new Decision.Refused(refusal);
            var identity = SampleIdentity.Of(stated);
            if (seen.Add(identity) && recorded?.Contains(identity) != true && !IsHeld(stated, deployment)) fresh.Add(stated with { Timing = TimingOf(stated, deployment, at) });
        }

        if (fresh.Count == 0)
            return Decision.Refuse("measurements_repeated", "every one of the measurements is there already", "nothing to do: the metric, its time and its source say which measurement it is");
        var measured = new DeploymentEvent.Measured(fresh);
        var version = state.Last.Version + 1;
        LedgerEvent[] stops = AnalysisStops.Of(deployment, measured, version) is { } stop ? [stop] : [];
        return new Decision.Accepted([measured, .. TriggerReplay.Of(state, measured, version), .. stops]);
    }

    private static Refusal? Check(Sample sample, DeploymentTerms terms, DeploymentState deployment)
    {
        if (Text.CheckName("metric", sample.Metric) is { } unreadable) return unreadable;
        var asked = MetricTerms.Of(terms, sample.Metric);
        if (!asked.IsPlanned)
        {
            var planned = terms.Analyses.Select(analysis => analysis.Metric).Concat(terms.Rules.Select(rule => rule.Metric).OfType<string>()).Distinct().Order(StringComparer.Ordinal);
            return new Refusal("metric_not_planned", $"no analysis and no rollback rule asks for '{sample.Metric}'", $"they ask for: {string.Join(", ", planned)}");
        }

        if (!asked.Fits(sample.Unit)) return new Refusal("unit_mismatch", $"'{sample.Metric}' is not measured in {sample.Unit}", "send it in the unit of the threshold that it is held against");
        if (sample.Value is { } value && (!double.IsFinite(value) || (asked.Counts && (value < 0 || !double.IsInteger(value)))))
            return new Refusal("value_invalid", $"{value} is no value of '{sample.Metric}'", asked.Counts ? "send a whole number, 0 or more" : "send a finite number, or none where it is not known");
        if (sample.Timing == SampleTiming.Baseline && sample.At >= deployment.Started?.At)
            return new Refusal("baseline_too_late", $"'{sample.Metric}' at {UtcTimeJsonConverter.ToText(sample.At)} is of the deployment itself", "a baseline is of the time before it");
        return Text.CheckName("source", sample.Source)
            ?? (sample.Id is null ? null : Text.CheckName("id", sample.Id))
            ?? Text.CheckOptional("because", sample.Because, BecauseLength);
    }

    // What is recorded is known to whoever keeps the stream; what the state holds itself it cannot take twice.
    private static bool IsHeld(Sample sample, DeploymentState deployment) => sample.Timing == SampleTiming.Baseline
        ? deployment.Baselines.TryGetValue(sample.Metric, out var baseline) && baseline.CompareTo(sample.At, sample.Source) == 0
        : deployment.SeriesOf(sample.Metric).Holds(sample.At, sample.Source);

    private static SampleTiming? TimingOf(Sample sample, DeploymentState deployment, DateTimeOffset at)
    {
        if (sample.Timing == SampleTiming.Baseline) return SampleTiming.Baseline;
        if (Breaches.IsAhead(sample.At, at)) return SampleTiming.Ahead;
        if (sample.At < deployment.Started!.At) return SampleTiming.Before;
        return deployment.SeriesOf(sample.Metric).IsSettled(sample.At, sample.Source) ? SampleTiming.Late : null;
    }
}
