using Ledger.Domain.Releases;

namespace Ledger.Exports.Controls.Demands;

/// <summary>What has to be known of a change itself.</summary>
internal static class ChangeDemands
{
    public static Demand Recorded { get; } = new("The change is on record: what, of which commit and artifacts, where to, by whom.", each => Finding.Shown(
        $"release_opened: commit, artifacts, environment, policy, actor ({each.Dossier.State.Facts.Opener})", [each.Dossier.History[0]]));

    public static Demand Reason { get; } = new("The reason for the change is stated.", each => each.Dossier.State.Opened.Summary is null
        ? Finding.NotShown("the release was opened without a summary", each.Dossier.History[0])
        : Finding.Shown("release_opened: summary", [each.Dossier.History[0]]));

    public static Demand Impact { get; } = new("The impact of the change was assessed.", each => each.Dossier.State.Opened.Risk is { } risk
        ? Finding.Shown($"release_opened: risk, {risk.ToString().ToLowerInvariant()}", [each.Dossier.History[0]])
        : Finding.NotShown("the release was opened without a risk", each.Dossier.History[0]));

    public static Demand Closed { get; } = new("What became of the change is on record.", each => each.Dossier.Closed is { Event: ReleaseEvent.Closed closed } at
        ? Finding.Shown($"release_closed: outcome, {CloseOutcomes.Name(closed.Outcome)}, with its reason", [at])
        : Finding.NotEvaluated("the release is not closed"));
}
