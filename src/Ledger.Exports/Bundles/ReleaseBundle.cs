using System.Text;
using Ledger.Exports.Controls;
using Ledger.Exports.Pdf;
using Ledger.Exports.Releases;
using Ledger.Integrity;
using Ledger.Integrity.Archives;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Notes;
using Ledger.Store.Append;

namespace Ledger.Exports.Bundles;

/// <summary>A release's bundle, ready to be written: every file but the manifest. Pure: the same contents give the same bytes.</summary>
/// <param name="Dossier">The release.</param>
/// <param name="LogKey">The log's key.</param>
/// <param name="Checkpoint">The signed checkpoint, as a note.</param>
/// <param name="Proofs">The inclusion of each of the dossier's events in its tree, in their order.</param>
/// <param name="Evidence">The stored reports, where they were asked for; else null.</param>
/// <param name="Controls">The controls that are mapped, where they were asked for; else none.</param>
/// <param name="Timestamps">Timestamps of the checkpoint as DER, by file name; often none.</param>
internal sealed record ReleaseBundle(
    ReleaseDossier Dossier, VerifierKey LogKey, string Checkpoint, IReadOnlyList<InclusionProofLine> Proofs,
    IReadOnlyList<EvidenceBytes>? Evidence, IReadOnlyList<Control> Controls, IReadOnlyList<(string Name, byte[] Bytes)> Timestamps)
{
    /// <summary>What the bundle is about.</summary>
    public string Subject => $"release {Dossier.Release}";

    /// <summary>The files, in the order of the archive.</summary>
    public IReadOnlyList<(string Path, ReadOnlyMemory<byte> Bytes)> Files() => [.. Unordered().OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>The archive's file name: of the release, in letters that every system takes.</summary>
    public string FileName => $"{Dossier.Release.Service}-{Dossier.Release.Version}.zip";

    private IEnumerable<(string Path, ReadOnlyMemory<byte> Bytes)> Unordered()
    {
        yield return (BundlePath.Readme, ReadmeFile.Write(Dossier, LogKey));
        yield return (BundlePath.Checkpoint, Encoding.UTF8.GetBytes(Checkpoint));
        yield return (BundlePath.LogKey, Encoding.UTF8.GetBytes($"{LogKey}\n"));
        yield return (BundlePath.Events, ReleaseFiles.Events(Dossier));
        yield return (BundlePath.Proofs, Encoding.ASCII.GetBytes(string.Concat(Proofs.Select(proof => $"{proof}\n"))));
        yield return (BundlePath.Policy, ReleaseFiles.Policy(Dossier));
        yield return (BundlePath.GoNoGo, ReleaseFiles.GoNoGo(Dossier));
        if (ReleaseFiles.VerificationSummary(Dossier) is { } summary) yield return (BundlePath.VerificationSummary, summary);
        foreach (var (path, bytes) in ReleaseFiles.SignOffs(Dossier).Concat(ReleaseFiles.Keys(Dossier))) yield return (path, bytes);
        yield return (BundlePath.SignOffPage, SignOffRecord.Write(Dossier, CheckpointNote.Read(Checkpoint).Tree));
        yield return (BundlePath.Evidence, CanonicalFile.Of([.. ReleaseFiles.Evidence(Dossier)], ExportJson.Default.EvidenceArray));
        foreach (var evidence in Evidence ?? []) yield return (BundlePath.EvidenceOf(evidence.Digest.ToString()), evidence.Bytes);
        if (Controls.Count > 0) yield return (BundlePath.Controls, CanonicalFile.Of(ControlMapping.Of(Dossier, Checkpoint, Controls), ExportJson.Default.ControlMapping));
        foreach (var (name, bytes) in Timestamps) yield return ($"{BundlePath.TimestampFolder}{name}", bytes);
    }

    /// <summary>Writes the archive: the manifest, signed, and every file.</summary>
    /// <param name="output">Receives it; only written to.</param>
    /// <param name="sign">Signs the manifest as the log.</param>
    /// <param name="cancellation">Gives up; what was written is of no use then.</param>
    public async Task WriteAsync(Stream output, Func<BundleManifest, byte[]> sign, CancellationToken cancellation = default)
    {
        var files = Files();
        var manifest = new BundleManifest(LogKey.Name, Subject, [.. files.Select(file => new BundleFile(file.Path, file.Bytes.Length, Hash.Sha256(file.Bytes.Span)))]);
        var archive = new ArchiveWriter(output);
        await archive.WriteAsync(BundleManifest.Path, sign(manifest), cancellation).ConfigureAwait(false);
        foreach (var (path, bytes) in files) await archive.WriteAsync(path, bytes, cancellation).ConfigureAwait(false);
        await archive.FinishAsync(cancellation).ConfigureAwait(false);
    }
}
