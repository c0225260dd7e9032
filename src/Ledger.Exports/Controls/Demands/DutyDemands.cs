namespace Ledger.Exports.Controls.Demands;

/// <summary>What has to be known of who did what beside what.</summary>
internal static class DutyDemands
{
    public static Demand ApproverIsIndependent { get; } = new("Nobody approved what they themselves opened, reported or attested.", each =>
    {
        if (each.Dossier.SignOffs.Count == 0) return Finding.NotShown("nobody signed");
        var others = each.Dossier.State.Facts.Reporters.Add(each.Dossier.State.Facts.Opener);
        var both = each.Dossier.SignOffs.Where(signOff => each.Dossier.Signers[signOff.SignedOff.Signer] is var signer && others.Any(signer.ActsAs)).ToList();
        return both.Count > 0
            ? Finding.NotShown($"also opened, reported or attested: {string.Join(", ", both.Select(signOff => signOff.SignedOff.Name))}", both.Select(signOff => signOff.Event))
            : Finding.Shown(
                $"no signer, by id or by accounts (signer_enrolled, signer_changed), is among those who opened or reported: {string.Join(", ", others.Distinct().Order(StringComparer.Ordinal))}",
                [.. each.Dossier.SignerEvents.Where(signer => signer.Type is "signer_enrolled" or "signer_changed"), .. each.Dossier.SignOffs.Select(signOff => signOff.Event)]);
    });

    public static Demand OnePersonOneRole { get; } = new("Nobody signed in two roles.", each =>
    {
        if (each.Dossier.SignOffs.Count == 0) return Finding.NotShown("nobody signed");
        var twice = each.Dossier.SignOffs.GroupBy(signOff => signOff.SignedOff.Signer, StringComparer.Ordinal)
            .Where(signer => signer.Select(signOff => signOff.SignedOff.Role).Distinct().Skip(1).Any()).SelectMany(signer => signer).ToList();
        return twice.Count > 0
            ? Finding.NotShown("somebody signed in more than one role", twice.Select(signOff => signOff.Event))
            : Finding.Shown("signed_off: each signer has one role", each.Dossier.SignOffs.Select(signOff => signOff.Event));
    });

    public static Demand DeveloperDoesNotDeploy { get; } = new("Whoever developed the change did not let it go themselves.", each => Finding.NotEvaluated(
        "the log says who opened the release and who decided; who wrote the commit is in the source repository",
        [each.Dossier.History[0], .. each.Dossier.Decision is { } decision ? [decision] : Array.Empty<Releases.ExportedEvent>()]));
}
