using Ledger.Exports.Releases;
using Ledger.Integrity.Bundles;

namespace Ledger.Exports.Controls.Demands;

/// <summary>What has to be known of the log itself.</summary>
internal static class TrailDemands
{
    public static Demand TimeStamped { get; } = new("Every event has a time that the computer gave it.", each =>
        Finding.Shown("time: the server's, in UTC, never decreasing along the log", each.Dossier.History));

    public static Demand Attributed { get; } = new("Every event says who did it, and in which role.", each =>
        Finding.Shown($"actor: {string.Join(", ", each.Dossier.History.Select(at => at.Actor.Id).Distinct().Order(StringComparer.Ordinal))}", each.Dossier.History));

    public static Demand Protected { get; } = new("Tampering with the log can be detected.", each => Finding.Shown(
        $"every event is a leaf of the tree of {each.Tree.Size} leaves, whose root the log signed", [each.Dossier.Created], BundlePath.Checkpoint, BundlePath.LogKey));

    public static Demand Chained { get; } = new("No event can be removed from the middle, changed or put in later.", each =>
        Finding.Shown("version and prev: the release's events are numbered from 1, and each holds the leaf hash of the one before it", each.Dossier.History));

    public static Demand SecondSystem { get; } = new("Another system holds the log, or witnessed it.", each => each.Cosignatures > 0
        ? Finding.Shown($"the checkpoint carries {each.Cosignatures} signatures beside the log's own: compare them with the witnesses that you trust", [], BundlePath.Checkpoint)
        : Finding.NotShown("nobody but the log signed the checkpoint; whether somebody keeps copies is not in the log"));

    public static Demand Alert { get; } = new("Tampering raises an alert.", _ => Finding.NotEvaluated(
        "the audit that finds it is run outside of the log: ask for the schedule of 'ledger audit' and for its results"));

    public static Demand NothingHidden { get; } = new("A change does not hide what was there before.", each =>
    {
        var superseded = SupersededReds.Of(each.Dossier.History).ToList();
        return superseded.Count == 0
            ? Finding.Shown("nothing red was superseded; no event can be changed", [each.Dossier.History[^1]])
            : Finding.Shown(
                "supersedes: each red result stands beside the one that replaced it, with the reason",
                each.Dossier.History.Where(at => superseded.Any(red => red.Red == at.Sequence || red.By == at.Sequence)));
    });

    public static Demand AccessEnforced { get; } = new("Access was enforced when it was used.", each => Finding.NotEvaluated(
        "the server appends nothing that the actor's role may not do, and seals the role into each event; to whom tokens were given is not in the log", each.Dossier.History));
}
