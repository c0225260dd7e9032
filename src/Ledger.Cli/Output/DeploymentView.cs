using System.Globalization;
using System.Text.Json;
using Ledger.Cli.Contract;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Output;

/// <summary>Shows how far a release is on its way to its users: steps, what fired, what was against the plan, what is watched.</summary>
internal static class DeploymentView
{
    private const int MeasurementsAtEnds = 3;

    /// <param name="screen">Where.</param>
    /// <param name="deployment">How far it is.</param>
    /// <param name="plan">What the policy plans; null where the server does not say.</param>
    /// <param name="fired">The measurements of the rules that fired; null where the server does not say.</param>
    public static void Show(Screen screen, DeploymentStanding deployment, StatusPlan? plan = null, IReadOnlyList<StatusFired>? fired = null)
    {
        screen.Line("deployment ", Phase(deployment), deployment.Strategy is { } strategy ? $" ({DeploymentText.NameOf(strategy)})" : "",
            deployment.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $", attempt {deployment.Attempt}") : "");
        screen.Facts(
        [
            ("started", At(deployment.Started)), ("paused", At(deployment.Paused)), ("promoted", At(deployment.Promoted)), ("fully out", At(deployment.FullyOut)), ("aborted", At(deployment.Aborted)),
            ("rollback", deployment.Rollback is { } rollback ? $"{rollback.Reason}, {At(rollback.Started)}" : null),
            ("rolled back", deployment.Rollback?.Completed is { } done ? At(done) + Within(deployment.Rollback.Within) : null),
            ("verified", deployment.Rollback is { Verified: { } verified, Works: var works } ? $"{(works == true ? "it works" : "it does not work")}, {At(verified)}" : null),
            ("rehearsed", deployment.Rehearsed is { } rehearsed ? $"in {TimeSpan.FromMilliseconds(rehearsed.DurationMs):c}{Within(rehearsed.Within)}, {Wording.Sequence(rehearsed.Event.Sequence)}" : null),
            ("watched until", deployment.WatchUntil is { } until ? Time(until) : null),
            ("watch ended", deployment.WatchEnded is { } ended ? Name(ended) : null),
            ("next", deployment.Next is { } next ? $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(next.Deadline.ToString()).Replace('_', ' ')}{(next.Subject is null ? "" : $" of {next.Subject}")}, {Time(next.Due)}" : null),
        ]);
        screen.Table(["step", "what", "owner", "weight", "takes", "progress", "analyses", "since"], [.. deployment.Steps.Select(step => (Piece[])
        [
            new(step.Name, Tone.Strong), .. What(step.Name, plan), step.Weight?.Text ?? "", step.Duration?.Text ?? "", Progress(step.Progress, deployment.Phase), Analyses(step), new(step.Completed is null ? At(step.Started) ?? "" : At(step.Completed)!, Tone.Quiet),
        ])]);
        screen.Table(["rule fired", "what", "found", "on the measurements", "event"], [.. deployment.Triggers.Select(trigger => new Piece[]
        {
            new(trigger.Rule, Tone.Bad), trigger.Text, trigger.Found, Measurements(fired?.FirstOrDefault(each => each.Sequence == trigger.Event.Sequence)), new(Wording.Sequence(trigger.Event.Sequence), Tone.Quiet),
        })]);
        screen.Table(["deviation", "about", "what", "times", "event"], [.. deployment.Deviations.Select(deviation => new Piece[]
        {
            new(deviation.Code, Tone.Bad), deviation.Subject ?? "", deviation.Message, Wording.Number((long)deviation.Count), new(Wording.Sequence(deviation.Event.Sequence), Tone.Quiet),
        })]);
        if (deployment.FullyOut is null) return; // nothing to look at yet, or ever
        Checks(screen, "watched", deployment.Watch, plan?.Watch);
        Checks(screen, "success when", deployment.Success, plan?.Success);
    }

    // Where one metric is looked at it is named once.
    private static string Measurements(StatusFired? fired)
    {
        if (fired is not { Measurements: { Count: > 0 } all }) return "";
        var one = all.All(each => each.Metric == all[0].Metric);
        var told = all.Select(each => $"{(one ? "" : each.Metric + " ")}{(each.Value is { } value ? MeasuredText.Of(value, each.Unit) : "no value")} at {Wording.TimeOfDay(each.At)} ({Wording.Sequence(each.Sequence)})").ToList();
        var left = fired.Count - (2 * MeasurementsAtEnds);
        var shown = told.Count <= 2 * MeasurementsAtEnds ? string.Join(", ", told)
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", told[..MeasurementsAtEnds])}, {left} between, {string.Join(", ", told[^MeasurementsAtEnds..])}");
        return one ? $"{all[0].Metric} {shown}" : shown;
    }

    private static Piece[] What(string step, StatusPlan? plan) =>
        plan?.Steps.FirstOrDefault(planned => planned.Name == step) is { } known ? [known.Title, known.Owner ?? ""] : ["", ""];

    private static void Checks(Screen screen, string heading, IReadOnlyList<CheckStanding> checks, IReadOnlyList<StatusCheck>? planned) => screen.Table([heading, "outcome", "what", "source", "measured", "event"], [.. checks.Select(check => new Piece[]
    {
        new(check.Name, Tone.Strong), Wording.Outcome(JsonNamingPolicy.SnakeCaseLower.ConvertName(check.Outcome.ToString())), check.Title, check.Source ?? "", check.Value is { } value ? Measured(value, planned?.FirstOrDefault(each => each.Name == check.Name)?.Measured) : "",
        new(check.Event is { } reference ? Wording.Sequence(reference.Sequence) : "", Tone.Quiet),
    })]);

    private static string Measured(double value, MetricCondition? condition) => condition is null
        ? Wording.Number(value)
        : $"{MeasuredText.Of(value, condition.Threshold.Unit)} ({condition.Comparator.Symbol()} {condition.Threshold})";

    private static Piece Phase(DeploymentStanding deployment) => deployment is { Phase: DeploymentPhase.Started, Promoted: not null } ? new("promoted", Tone.Good) : new(
        JsonNamingPolicy.SnakeCaseLower.ConvertName(deployment.Phase.ToString()).Replace('_', ' '),
        deployment.Phase switch { DeploymentPhase.Aborted or DeploymentPhase.RollingBack or DeploymentPhase.RolledBack => Tone.Bad, DeploymentPhase.NotStarted => Tone.Quiet, _ => Tone.Strong });

    // What was under way when the rollout ended was not finished.
    private static Piece Progress(StepProgress progress, DeploymentPhase phase) => progress == StepProgress.Running && phase != DeploymentPhase.Started
        ? new("stopped", Tone.Bad)
        : new(progress.ToString().ToLowerInvariant(), progress switch { StepProgress.Completed => Tone.Good, StepProgress.Running => Tone.Waiting, _ => Tone.Quiet });

    private static string Analyses(StepStanding step) => string.Join(", ", step.Analyses.Select(analysis =>
        string.Create(CultureInfo.InvariantCulture, $"{analysis.Analysis} {Name(analysis.Outcome)} ({analysis.Failed} of {analysis.Measured} failed{(analysis.Inconclusive > 0 ? $", {analysis.Inconclusive} inconclusive" : "")})")));

    private static string Within(bool? within) => within switch { true => ", within the objective", false => ", beyond the objective", null => "" };

    private static string Name(Outcome outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString()).Replace('_', ' ');

    private static string? At(Moment? moment) => moment is null ? null : $"{Time(moment.At)}, {Wording.Sequence(moment.Event.Sequence)}";

    private static string Time(DateTimeOffset time) => Wording.Time(UtcTimeJsonConverter.ToText(time));
}
