using System.Diagnostics;
using System.Globalization;
using Ledger.Domain;
using Ledger.Domain.Deployments;

namespace Ledger.Exports.Releases;

/// <summary>How far a release came on its way to its users, in a sentence.</summary>
internal static class RolloutSummary
{
    /// <summary>The sentence, without a full stop; null where nothing was heard of a rollout.</summary>
    public static string? Of(DeploymentStanding? deployment)
    {
        if (deployment is null) return null;
        var text = deployment switch
        {
            { Phase: DeploymentPhase.NotStarted } => null,
            { Phase: DeploymentPhase.RolledBack, Rollback.Completed: { } completed } => $"rolled back, {At(completed)}",
            { Phase: DeploymentPhase.RollingBack, Rollback.Started: { } started } => $"being rolled back since {At(started)}",
            { Phase: DeploymentPhase.Aborted, Aborted: { } aborted } => $"aborted, {At(aborted)}",
            { FullyOut: { } fullyOut } => $"everybody has it since {At(fullyOut)}",
            { Started: { } started } => $"under way since {At(started)}",
            _ => throw new UnreachableException(),
        };
        var notes = new[] { text, deployment.WatchEnded is { } outcome ? $"the watch ended: {EventSummary.Name(outcome)}" : null, Rules(deployment), deployment.Deviations.Count == 0 ? null : $"{deployment.Deviations.Sum(deviation => deviation.Count)} deviations" }.OfType<string>().ToList();
        return notes.Count == 0 ? null : string.Join("; ", notes);
    }

    private static string? Rules(DeploymentStanding deployment) => deployment.Triggers.Count == 0
        ? null
        : $"fired: {string.Join(", ", deployment.Triggers.Select(trigger => $"{trigger.Rule} (event {trigger.Event.Sequence.ToString(CultureInfo.InvariantCulture)})"))}";

    private static string At(Moment moment) => $"{UtcTimeJsonConverter.ToText(moment.At)} (event {moment.Event.Sequence.ToString(CultureInfo.InvariantCulture)})";
}
