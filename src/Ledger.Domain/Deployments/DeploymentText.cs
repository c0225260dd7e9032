using System.Diagnostics;
using System.Globalization;
using Ledger.Domain.Deadlines;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.FollowUps;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Watches;

namespace Ledger.Domain.Deployments;

/// <summary>What happens after the decision, in one line for people.</summary>
public static class DeploymentText
{
    /// <summary>The event in one line; null where it is none of a deployment, a rollback, a watch, a deadline, a follow-up or another system.</summary>
    public static string? Of(ReleaseEvent happened) => happened switch
    {
        DeploymentEvent deployed => Of(deployed),
        RollbackEvent rolledBack => Of(rolledBack),
        WatchEvent.Checked check => $"{check.Check}: {Name(check.Outcome)} by {check.Source}{Value(check.Value, check.Unit)}{(check.Note is null ? "" : $", {check.Note}")}{(check.Supersedes?.Reason is { } reason ? $"; in place of version {check.Supersedes.Version}: {reason}" : "")}",
        WatchEvent.Ended ended => $"the watch ended: {Name(ended.Outcome)}{Missing(ended)}",
        DeadlineEvent.Passed passed => passed.Message,
        FollowUpEvent.Recorded followUp =>
            $"{followUp.FollowUp}: {FollowUpStanding.Name(followUp.Outcome)}, {followUp.Note}{(followUp.Reference is null ? "" : $" ({followUp.Reference})")}{(followUp.Supersedes?.Reason is { } because ? $"; in place of version {followUp.Supersedes.Version}: {because}" : "")}",
        ExternalEvent.Kept kept => $"{kept.Kind} from {kept.Source}{(kept.Summary is null ? "" : $": {kept.Summary}")}",
        _ => null,
    };

    private static string Of(DeploymentEvent happened) => happened switch
    {
        DeploymentEvent.Started started =>
            $"the deployment started{(started.Attempt == 1 ? "" : $", attempt {started.Attempt}")}, {NameOf(started.Terms.Strategy)}{(started.Commit is null ? "" : $" of commit {started.Commit}")}{Seen(started.Observed)}",
        DeploymentEvent.StepStarted step => $"the step {step.Step} began{(step.Weight is { } weight ? $", {weight}" : "")}{Seen(step.Observed)}",
        DeploymentEvent.Measured measured => string.Join("; ", measured.Measurements.GroupBy(sample => (sample.At, sample.Source, sample.Timing)).Select(Measured)),
        DeploymentEvent.StepCompleted step =>
            $"the step {step.Step} is over{(step.Analyses.Count == 0 ? "" : $": {string.Join(", ", step.Analyses.Select(each => $"{each.Analysis} {Name(each.Outcome)}"))}")}{Seen(step.Observed)}",
        DeploymentEvent.Paused paused => $"the deployment stands still: {paused.Reason}{Seen(paused.Observed)}",
        DeploymentEvent.Resumed resumed => $"the deployment goes on: {resumed.Reason}{Seen(resumed.Observed)}",
        DeploymentEvent.Promoted promoted => $"the deployment was promoted{Seen(promoted.Observed)}",
        DeploymentEvent.Aborted aborted => $"the deployment was aborted: {aborted.Reason}{Seen(aborted.Observed)}",
        DeploymentEvent.TrafficSwitched switched => $"traffic was switched to {switched.To}{(switched.From is null ? "" : $" from {switched.From}")}{Seen(switched.Observed)}",
        DeploymentEvent.DeviationRecorded deviation => $"deviation, {deviation.Code}: {deviation.Message}{Seen(deviation.Observed)}",
        _ => throw new UnreachableException(),
    };

    private static string Of(RollbackEvent happened) => happened switch
    {
        RollbackEvent.Triggered fired =>
            $"the rule {fired.Rule} fired ({fired.Text}): {fired.Found}, from {UtcTimeJsonConverter.ToText(fired.Window.From)} to {UtcTimeJsonConverter.ToText(fired.Window.To)}, versions {string.Join(", ", fired.Measurements)}",
        RollbackEvent.Started started => $"a rollback began, {CauseName(started.Cause)}{(started.Person is null ? "" : $" by {started.Person}")}: {started.Reason}{Seen(started.Observed)}",
        RollbackEvent.Completed completed =>
            $"the rollback was done after {Seconds(completed.DurationMs)}{(completed.Within is not { } within ? "" : within ? ", within its objective" : $", over its objective of {Seconds(completed.ObjectiveMs!.Value)}")}{Seen(completed.Observed)}",
        RollbackEvent.Verified verified => $"the rollback was looked at, and {(verified.Works ? "works" : "does not work")}: {verified.Note}",
        RollbackEvent.Rehearsed rehearsed => $"a rollback was rehearsed in {Seconds(rehearsed.DurationMs)}{(rehearsed.Within == false ? ", over its objective" : "")}: {rehearsed.Note}",
        _ => throw new UnreachableException(),
    };

    // What was measured at one time by one source.
    private static string Measured(IGrouping<(DateTimeOffset At, string Source, SampleTiming? Timing), Sample> samples) =>
        $"{string.Join(", ", samples.Select(Measured))} at {UtcTimeJsonConverter.ToText(samples.Key.At)} by {samples.Key.Source}{(samples.Key.Timing is { } timing ? $" ({timing.ToString().ToLowerInvariant()})" : "")}";

    private static string Measured(Sample sample) =>
        $"{sample.Metric}{(sample.Value is null ? $" could not be told{(sample.Because is null ? "" : $" ({sample.Because})")}" : Value(sample.Value, sample.Unit))}";

    private static string Missing(WatchEvent.Ended ended)
    {
        var open = ended.Checks.Where(check => check.Outcome != Outcome.Passed).Select(check => $"{check.Check} {Name(check.Outcome)}").ToList();
        return open.Count == 0 ? "" : $", {string.Join(", ", open)}";
    }

    private static string Name(Outcome outcome) => outcome switch
    {
        Outcome.Passed => "passed",
        Outcome.Failed => "failed",
        Outcome.NotEvaluated => "not evaluated",
        _ => throw new UnreachableException(),
    };

    /// <summary>What people call a strategy.</summary>
    public static string NameOf(Policies.DeploymentStrategy strategy) => strategy switch
    {
        Policies.DeploymentStrategy.Canary => "canary",
        Policies.DeploymentStrategy.BlueGreen => "blue-green",
        Policies.DeploymentStrategy.Rolling => "rolling",
        Policies.DeploymentStrategy.FeatureFlag => "feature flag",
        _ => throw new UnreachableException(),
    };

    private static string CauseName(RollbackCause cause) => cause switch
    {
        RollbackCause.Rule => "by rule",
        RollbackCause.Manual => "decided",
        RollbackCause.Emergency => "as an emergency",
        _ => throw new UnreachableException(),
    };

    private static string Value(double? value, Unit? unit) => value is { } number ? $" {MeasuredText.Of(number, unit)}" : "";

    private static string Seconds(long milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0} s");

    private static string Seen(Observation? observed) => observed is null ? "" : $" (seen by {observed.Source} at {UtcTimeJsonConverter.ToText(observed.At)})";
}
