using Ledger.Integrity.Bundles;

namespace Ledger.Exports.Controls.Demands;

/// <summary>What has to be known of copies, of the order of steps, and of the whole population.</summary>
internal static class CopyDemands
{
    public static Demand Copies { get; } = new("There is a copy that people can read, and an electronic one.", each => each.Population is null
        ? Finding.Shown("the sign-off page for people, every event as canonical JSON", each.Dossier.History, BundlePath.SignOffPage, BundlePath.Events)
        : Finding.Shown("a table for people, every event as canonical JSON; the sign-off page is in the release's own bundle", each.Dossier.History, BundlePath.Releases, BundlePath.Events));

    public static Demand EveryEvent { get; } = new("The copy is complete.", each =>
        Finding.Shown($"versions 1 to {each.Dossier.History.Count} of the release's stream, none missing", each.Dossier.History));

    public static Demand Order { get; } = new("Steps could be done in the permitted order only.", each => each.Dossier.SignOffs.Count == 0
        ? Finding.NotShown("there were no steps of sign-off", each.Dossier.Published)
        : Finding.Shown(
            "policy_published: the stages; signed_off: each statement names the one before it and the events seen, and stands after them in the log",
            [each.Dossier.Published, .. each.Dossier.SignOffs.Select(signOff => signOff.Event)]));

    public static Demand FallBack { get; } = new("Procedures and responsibilities for falling back are identified.", each => each.Dossier.Policy.Policy.Rollback is { } rollback
        ? rollback.Procedures.Count > 0 || rollback.Rules.Count > 0
            ? Finding.Shown("policy_published: rollback, its rules, objective and procedures", [each.Dossier.Published])
            : Finding.NotShown("the policy names neither rules nor procedures for a rollback", each.Dossier.Published)
        : Finding.NotShown("the policy says nothing of a rollback", each.Dossier.Published));

    public static Demand Population { get; } = new("There is a complete population to sample from.", each => each.Population switch
    {
        DemandStatus.Shown => Finding.Shown("every leaf of the log in the period is accounted for, up to the signed checkpoint", [], BundlePath.Population, BundlePath.Range, BundlePath.Leaves),
        { } => Finding.NotEvaluated("what belongs to other services cannot be shown to this reader, so nobody can tell that nothing is left out"),
        null => Finding.NotEvaluated("one release is no population: export the period"),
    });
}
