using System.Globalization;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.Rollbacks;
using Ledger.Exports.Releases;

namespace Ledger.Exports.Pdf;

/// <summary>What happened to a release after its decision: steps, rules that fired with the measurements they rest on, the way back, deviations, the watch.</summary>
internal static class RolloutRecord
{
    /// <summary>Writes the section; nothing where no rollout was heard of.</summary>
    public static void Write(Sheet sheet, ReleaseDossier dossier, DeploymentStanding? deployment)
    {
        if (deployment is null || RolloutSummary.Of(deployment) is not { } summary) return;
        sheet.Heading("Rollout");
        sheet.Note($"As of the release's last event: {summary}.");
        sheet.Space(4);
        if (deployment.Rollback is not null || deployment.Rehearsed is not null) sheet.Facts(WayBack(dossier, deployment));
        Table(sheet, [new("Step", 120), new("Reaches", 60), new("Began, over (UTC)", 120), new("Analyses", Sheet.TextWidth - 300)], deployment.Steps.Select(Row));
        Table(sheet, [new("Rule that fired", 150), new("Found", Sheet.TextWidth - 300), new("On measurements", 100), new("Event", 50)], dossier.Of<RollbackEvent.Triggered>().Select(fired => Row(fired.At, fired.Event, dossier)));
        Table(sheet, [new("Deviation", 120), new("What", Sheet.TextWidth - 280), new("Times", 40), new("Newest, event", 120)], deployment.Deviations.Select(Row));
        Table(sheet, [new("Watched", 200), new("Outcome", 90), new("By", Sheet.TextWidth - 290)], deployment.Watch.Select(Row));
        Table(sheet, [new("Success criterion", 200), new("Outcome", 90), new("By", Sheet.TextWidth - 290)], deployment.Success.Select(Row));
    }

    private static IEnumerable<(string, CellText[])> WayBack(ReleaseDossier dossier, DeploymentStanding deployment)
    {
        if (deployment.Rehearsed is { } rehearsed)
            yield return ("Rehearsed", [CellText.Plain($"in {Seconds(rehearsed.DurationMs)}{Objective(rehearsed.Within)}, event {rehearsed.Event.Sequence}")]);
        if (deployment.Rollback is not { } rollback) yield break;
        yield return ("Rollback", [CellText.Strong(rollback.Reason), CellText.Minor($"{Words(rollback.Cause)}; begun {Time(rollback.Started.At)} UTC, event {rollback.Started.Event.Sequence}")]);
        if (rollback.Completed is { } completed && dossier.At(completed.Event).Event is RollbackEvent.Completed over)
            yield return ("Rolled back", [CellText.Plain($"after {Seconds(over.DurationMs)}{Objective(over.Within)}, {Time(completed.At)} UTC, event {completed.Event.Sequence}")]);
        if (rollback.Verified is { } verified) yield return ("Looked at", [CellText.Plain($"{(rollback.Works == true ? "it works" : "it does not work")}, event {verified.Event.Sequence}")]);
    }

    private static CellText[][] Row(StepStanding step) =>
    [
        [CellText.Plain(step.Name)],
        [CellText.Plain(step.Weight?.Text ?? "")],
        [CellText.Plain(step.Started is { } started ? $"{Time(started.At)} (event {started.Event.Sequence})" : "not begun"), .. step.Completed is { } over ? [CellText.Plain($"{Time(over.At)} (event {over.Event.Sequence})")] : Array.Empty<CellText>()],
        [.. step.Analyses.Select(each => CellText.Plain($"{each.Analysis}: {EventSummary.Name(each.Outcome)}, {each.Failed} of {each.Measured} failed, {each.Inconclusive} could not tell"))],
    ];

    private static CellText[][] Row(ExportedEvent at, RollbackEvent.Triggered fired, ReleaseDossier dossier) =>
    [
        [CellText.Strong(fired.Text), CellText.Minor(fired.Rule)],
        [CellText.Plain(fired.Found), CellText.Minor($"{Time(fired.Window.From)} to {Time(fired.Window.To)} UTC")],
        [CellText.Plain($"event {string.Join(", ", fired.Measurements.Select(version => dossier.History[(int)version - 1].Sequence))}")],
        [CellText.Plain(at.Sequence.ToString(CultureInfo.InvariantCulture))],
    ];

    private static CellText[][] Row(DeviationState deviation) =>
    [
        [CellText.Strong(deviation.Code), .. deviation.Subject is { } subject ? [CellText.Minor(subject)] : Array.Empty<CellText>()],
        [CellText.Plain(deviation.Message)],
        [CellText.Plain(deviation.Count.ToString(CultureInfo.InvariantCulture))],
        [CellText.Plain($"event {Reference(deviation.Event)}")],
    ];

    private static CellText[][] Row(CheckStanding check) =>
    [
        [CellText.Plain(check.Title), CellText.Minor(check.Name)],
        [CellText.Strong(EventSummary.Name(check.Outcome))],
        [CellText.Plain(check.Event is { } found ? string.Create(CultureInfo.InvariantCulture, $"{check.Source}{(check.Value is { } value ? $": {value}" : "")}, event {found.Sequence}") : "nothing came in")],
    ];

    private static void Table(Sheet sheet, IReadOnlyList<TableColumn> columns, IEnumerable<CellText[][]> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0) return;
        sheet.Space(6);
        sheet.Table(columns, all);
    }

    private static string Words(RollbackCause cause) => cause switch
    {
        RollbackCause.Rule => "by rule",
        RollbackCause.Manual => "decided by a person",
        RollbackCause.Emergency => "as an emergency",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Objective(bool? within) => within switch { true => ", within its objective", false => ", over its objective", null => "" };

    private static string Seconds(long milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0} s");

    private static string Reference(EventReference reference) => reference.Sequence.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
