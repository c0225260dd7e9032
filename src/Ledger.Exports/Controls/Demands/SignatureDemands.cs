using Ledger.Integrity.Bundles;

namespace Ledger.Exports.Controls.Demands;

/// <summary>What has to be known of signatures.</summary>
internal static class SignatureDemands
{
    public static Demand Manifest { get; } = new("Each signature shows the printed name, when it was made, and what it means.", each => each.Dossier.SignOffs.Count == 0
        ? Finding.NotShown("nobody signed")
        : Finding.Shown("signed_off: name, time, decision, meaning; printed on the sign-off page", each.Dossier.SignOffs.Select(signOff => signOff.Event), BundlePath.SignOffPage));

    public static Demand Bound { get; } = new("Each signature is bound to its record, and cannot be moved to another.", each =>
    {
        if (each.Dossier.SignOffs.Count == 0) return Finding.NotShown("nobody signed");
        var unknown = each.Dossier.SignOffs.Where(signOff => signOff.PublicKey() is not { } key || !Verifies(signOff, key)).ToList();
        return unknown.Count > 0
            ? Finding.NotShown("a signature does not verify with a key of its signer", unknown.Select(signOff => signOff.Event))
            : Finding.Shown(
                "signed_off: the signature covers the artifacts' digests, the policy's digest, the release's events so far, and the statement before it; every one verifies",
                each.Dossier.SignOffs.Select(signOff => signOff.Event), [.. each.Dossier.SignOffs.Select(signOff => Bundles.ReleaseFiles.PathOf(signOff, "statement.json"))]);
    });

    public static Demand Keys { get; } = new("Whose keys they are, and since when, is on record.", each => each.Dossier.SignerEvents.Count == 0
        ? Finding.NotShown("nobody signed")
        : Finding.Shown("signer_enrolled, signer_key_added, signer_key_revoked", each.Dossier.SignerEvents));

    private static bool Verifies(Releases.ExportedSignOff signOff, Integrity.Keys.PublicKey key) => key.Verify(
        Integrity.Envelopes.PreAuthenticationEncoding.Encode(signOff.Envelope.PayloadType, signOff.Envelope.UnverifiedPayload.Span), signOff.Signature().Span);
}
