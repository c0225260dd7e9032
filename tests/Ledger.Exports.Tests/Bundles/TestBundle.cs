using Ledger.Domain.Releases;
using Ledger.Exports.Bundles;
using Ledger.Exports.Controls;
using Ledger.Exports.Tests.Ledgers;
using Ledger.Integrity;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Tiles;

namespace Ledger.Exports.Tests.Bundles;

/// <summary>Bundles of what a <see cref="MemoryLedger"/> holds.</summary>
internal static class TestBundle
{
    public static async Task<ReleaseBundle> OfAsync(MemoryLedger ledger, ReleaseId? release = null, params Control[] controls)
    {
        var dossier = ledger.Dossier(release ?? MemoryLedger.Shop);
        var note = ledger.Checkpoint;
        Checkpoint.TryParse(note.Text, out var tree, out _).ShouldBeTrue();
        var tiles = new Leaves([.. ledger.Events.Select(each => each.LeafHash())]);
        var proofs = new List<InclusionProofLine>();
        foreach (var each in dossier.Events) proofs.Add(new InclusionProofLine(each.LeafIndex, await InclusionProof.BuildAsync(tiles, each.LeafIndex, tree!.Size)));
        return new ReleaseBundle(dossier, new VerifierKey(MemoryLedger.Origin, TestKeys.Log.PublicKey), note.ToString(), proofs, null, controls, []);
    }

    public static async Task<byte[]> ZipAsync(this ReleaseBundle bundle)
    {
        using var zip = new MemoryStream();
        await bundle.WriteAsync(zip, manifest => manifest.Sign(new NoteSigner(MemoryLedger.Origin, TestKeys.Log)));
        return zip.ToArray();
    }

    public static async Task<Dictionary<string, byte[]>> FilesAsync(this ReleaseBundle bundle)
    {
        var zip = await bundle.ZipAsync();
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(zip));
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            await using var stream = await entry.OpenAsync();
            await stream.CopyToAsync(content);
            files.Add(entry.FullName, content.ToArray());
        }

        return files;
    }

    /// <summary>A small log's only tile.</summary>
    private sealed class Leaves(Hash[] hashes) : ITileSource
    {
        public ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileCoordinate tile, CancellationToken cancellationToken) =>
            new(hashes.AsSpan(0, tile.Width).ToArray().SelectMany(hash => hash.ToArray()).ToArray());
    }
}
