using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Exports.Controls;
using Ledger.Exports.Releases;
using Ledger.Integrity;
using Ledger.Integrity.Archives;
using Ledger.Integrity.Bundles;
using Ledger.Store;
using Ledger.Store.Append;
using Ledger.Store.Log.Witnesses;

namespace Ledger.Exports.Bundles;

/// <summary>Exports a release as a bundle that verifies offline. Thread-safe.</summary>
public sealed class ReleaseExport(LedgerStore store)
{
    /// <summary>The most events of a release's bundle; a longer history is exported as a period.</summary>
    public const int EventsAtMost = 20_000;

    /// <summary>Gathers a release's bundle.</summary>
    /// <param name="release">The release.</param>
    /// <param name="withEvidence">Whether the bytes of reports go in.</param>
    /// <param name="controls">The controls to map; often none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The bundle, ready to be written; null where there is no such release.</returns>
    /// <exception cref="InvalidDataException">What is stored is not what was sealed: nothing is exported rather than something wrong.</exception>
    public async Task<ExportResult?> PrepareAsync(ReleaseId release, bool withEvidence, IReadOnlyList<Control> controls, CancellationToken cancellation = default)
    {
        // The tree first: what is appended while this reads is not in it, and is not looked at.
        if (await store.Cosignatures.NewestAsync(cancellation) is not { } newest) return null;
        var view = await store.Releases.FindAsync(release, cancellation);
        if (view is null) return null;
        if (view.State.Last.Version > EventsAtMost)
            return new ExportResult.Refused(new Refusal("release_too_long", $"'{release}' has {view.State.Last.Version} events, more than {EventsAtMost}", "export the period: ledger export --from … --to …"));

        if (await new DossierReader(store).ReadAsync(release.StreamKey, newest.Size, cancellation) is not { } dossier) return null;
        var (signed, timestamps) = await CheckpointAsync(newest, dossier.Events.Last().Sequence, cancellation);
        if (signed.Size < newest.Size) dossier = (await new DossierReader(store).ReadAsync(release.StreamKey, signed.Size, cancellation))!;
        var evidence = withEvidence ? await EvidenceAsync(dossier, cancellation) : null;
        var bundle = new ReleaseBundle(
            dossier, store.VerifierKey, signed.Note, await ProofsAsync(dossier, signed.Size, cancellation), evidence, controls, timestamps);
        return Check(bundle) is { } refusal ? new ExportResult.Refused(refusal) : new ExportResult.Ready(bundle.FileName, (output, giveUp) => bundle.WriteAsync(output, store.Sign, giveUp));
    }

    // A checkpoint that a witness cosigned says more than the newest, and one with a timestamp too, where the release is in its tree.
    private async Task<(SignedCheckpoint Checkpoint, IReadOnlyList<(string, byte[])> Timestamps)> CheckpointAsync(SignedCheckpoint newest, long last, CancellationToken cancellation)
    {
        if (await store.Cosignatures.NewestWitnessedAsync(cancellation) is { } witnessed && witnessed.Size >= last && witnessed.Size <= newest.Size) return (witnessed, []);
        if (await store.Timestamps.FindAsync(null, cancellation) is var (checkpoint, token) && checkpoint.Size >= last && checkpoint.Size <= newest.Size) return (checkpoint, [("1.tsr", token)]);
        return (newest, []);
    }

    private async Task<IReadOnlyList<InclusionProofLine>> ProofsAsync(ReleaseDossier dossier, long treeSize, CancellationToken cancellation)
    {
        var proofs = new List<InclusionProofLine>();
        foreach (var each in dossier.Events)
        {
            var proof = await store.Log.InclusionAsync(each.Sequence, treeSize, cancellation) ?? throw new InvalidDataException($"event {each.Sequence} is not in the tree");
            if (proof.LeafHash != each.LeafHash) throw new InvalidDataException($"event {each.Sequence} is not what was sealed");
            proofs.Add(new InclusionProofLine(proof.LeafIndex, proof.Hashes));
        }

        return proofs;
    }

    private async Task<IReadOnlyList<EvidenceBytes>> EvidenceAsync(ReleaseDossier dossier, CancellationToken cancellation)
    {
        var found = new List<EvidenceBytes>();
        foreach (var evidence in ReleaseFiles.Evidence(dossier))
        {
            // Kept apart from the log and by digest: what is not stored here is named in evidence.json all the same.
            if (Hash.TryParseHex(evidence.Digest.Hex, out var digest) && await store.Evidence.FindAsync(digest, cancellation) is { } bytes) found.Add(bytes);
        }

        return found;
    }

    private static Refusal? Check(ReleaseBundle bundle)
    {
        var files = bundle.Files();
        return files.Count <= BundleManifest.MaxFiles && ArchiveWriter.Length(files.Select(file => new ArchiveEntry(file.Path, file.Bytes.Length, 0))) < ArchiveWriter.MaxBytes / 2
            ? null
            : new Refusal("bundle_too_large", $"the bundle would have {files.Count} files, or more bytes than one may", "leave the evidence out, and download it by digest");
    }
}
