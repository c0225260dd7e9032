using System.Numerics;

using Ledger.Integrity.Tiles;

namespace Ledger.Integrity.Merkle;

/// <summary>
/// Proof that a run of leaves is all that a log holds between two places: the frontier before it, then each leaf hash, lead to the root after
/// it; a consistency proof leads from there to the log's checkpoint. A leaf that is left out, added, changed or moved leads elsewhere.
/// Immutable and thread-safe.
/// </summary>
/// <param name="First">The index of the first leaf, from 0.</param>
/// <param name="Frontier">The tree of <paramref name="First"/> leaves: the roots of its perfect subtrees, largest first (<see cref="Merkle.Frontier.Hashes"/>).</param>
/// <param name="End">The index after the last leaf: the size of the tree that ends with the run.</param>
/// <param name="Consistency">From the tree of <paramref name="End"/> leaves to the checkpoint's (RFC 6962 §2.1.2).</param>
public sealed record RangeProof(long First, IReadOnlyList<Hash> Frontier, long End, IReadOnlyList<Hash> Consistency)
{
    /// <summary>Checks the proof.</summary>
    /// <param name="leaves">The leaf hashes of the run in order; read once, and never more than wanted.</param>
    /// <param name="treeSize">The size of the checkpoint's tree.</param>
    /// <param name="root">Its root, which the caller trusts.</param>
    /// <returns>Codes: <c>range_malformed</c>, <c>range_incomplete</c>, <c>range_too_long</c>, and those of <see cref="ConsistencyProof.Verify"/>.</returns>
    public Verification Verify(IEnumerable<Hash> leaves, long treeSize, in Hash root)
    {
        if (First < 0 || End < First || End > treeSize || Frontier.Count != BitOperations.PopCount((ulong)First))
            return Verification.Invalid("range_malformed", $"{Frontier.Count} hashes are not the tree before the leaves {First} to {End} of {treeSize}");

        var tree = Merkle.Frontier.Restore(First, [.. Frontier]);
        foreach (var leaf in leaves)
        {
            if (tree.Size == End) return Verification.Invalid("range_too_long", $"there are more leaves than the {End - First} from {First} to {End}");
            tree.Append(leaf);
        }

        return tree.Size == End
            ? ConsistencyProof.Verify(End, treeSize, tree.Root(), root, [.. Consistency])
            : Verification.Invalid("range_incomplete", $"leaf {tree.Size} is not there, nor any after it up to {End}");
    }

    /// <summary>The tree of <paramref name="size"/> leaves as a frontier, built from tiles.</summary>
    /// <param name="source">The log's tiles; the log has at least as many leaves.</param>
    /// <param name="size">Not negative.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDataException">The source gave a tile of another length than wanted.</exception>
    public static async ValueTask<Hash[]> FrontierAsync(ITileSource source, long size, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var tree = new TileTree(source, size, cancellationToken);
        var hashes = new List<Hash>();
        for (var start = 0L; start < size;)
        {
            var end = start + (1L << BitOperations.Log2((ulong)(size - start)));
            hashes.Add(await tree.RootAsync(start, end).ConfigureAwait(false));
            start = end;
        }

        return [.. hashes];
    }
}
