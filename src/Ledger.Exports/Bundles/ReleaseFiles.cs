using System.Security.Cryptography;
using System.Text;
using Ledger.Domain;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Exports.Releases;
using Ledger.Integrity;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Statements;

namespace Ledger.Exports.Bundles;

/// <summary>The files of a release's bundle that follow from its events alone. Pure: the same dossier gives the same bytes.</summary>
internal static class ReleaseFiles
{
    public static byte[] Events(ReleaseDossier dossier)
    {
        using var lines = new MemoryStream();
        foreach (var each in dossier.Events)
        {
            lines.Write(each.Leaf.Span);
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    public static byte[] Policy(ReleaseDossier dossier) => CanonicalFile.Of(((PolicyEvent.Published)dossier.Published.Event).Document);

    public static byte[] GoNoGo(ReleaseDossier dossier) => CanonicalFile.Of(dossier.Standing, DomainJson.Default.ReleaseStanding);

    /// <summary>The newest decision as a verification summary; null where there is none.</summary>
    public static byte[]? VerificationSummary(ReleaseDossier dossier)
    {
        if (dossier.Decision is not { } decision) return null;
        var opened = dossier.State.Opened;
        var summary = Domain.SignOffs.VerificationSummary.Of(
            dossier.Origin, opened, decision.Recorded<ReleaseEvent.DecisionMade>(), input => Digest.Of(SHA256.HashData(dossier.At(input).Leaf.Span)));
        return new Statement(
            [.. opened.Artifacts.Select(artifact => new Subject(artifact.Name, Digests.Of(HashOf(artifact.Digest))))],
            Domain.SignOffs.VerificationSummary.Type,
            CanonicalFile.Of(summary, DomainJson.Default.VerificationSummary)).ToBytes();
    }

    /// <summary>Four files for each sign-off.</summary>
    public static IEnumerable<(string Path, byte[] Bytes)> SignOffs(ReleaseDossier dossier)
    {
        foreach (var signOff in dossier.SignOffs)
        {
            yield return (PathOf(signOff, "dsse.json"), signOff.Envelope.ToBytes());
            yield return (PathOf(signOff, "pae"), PreAuthenticationEncoding.Encode(signOff.Envelope.PayloadType, signOff.Envelope.UnverifiedPayload.Span));
            yield return (PathOf(signOff, "sig"), signOff.Signature().ToArray());
            yield return (PathOf(signOff, "statement.json"), signOff.Envelope.UnverifiedPayload.ToArray());
        }
    }

    /// <summary>Every key that the signers ever had, those revoked too.</summary>
    public static IEnumerable<(string Path, byte[] Bytes)> Keys(ReleaseDossier dossier) => dossier.Signers.Values
        .SelectMany(signer => signer.Keys).Select(key => key.Key).DistinctBy(key => key.Id)
        .Select(key => (BundlePath.KeyOf(key.Id.Hex), Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", Convert.FromBase64String(key.PublicKey)) + "\n")));

    /// <summary>The bytes that the release's events rest on, each once, by digest.</summary>
    public static IReadOnlyList<Evidence> Evidence(ReleaseDossier dossier) =>
    [
        .. dossier.Of<ReleaseEvent>().Select(happened => EventEvidence.Of(happened.Event)).OfType<Evidence>().DistinctBy(evidence => evidence.Digest)
            .OrderBy(evidence => evidence.Digest.Hex, StringComparer.Ordinal),
    ];

    public static string PathOf(ExportedSignOff signOff, string part) =>
        BundlePath.SignOffOf(signOff.Number, signOff.SignedOff.Stage, signOff.SignedOff.Role, signOff.SignedOff.Signer, part);

    private static Hash HashOf(Digest digest) =>
        Hash.TryParseHex(digest.Hex, out var hash) ? hash : throw new ArgumentException("a digest has 64 hexadecimal digits", nameof(digest));
}
