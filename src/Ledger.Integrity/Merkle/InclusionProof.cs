using Ledger.Integrity.Tiles;

namespace Ledger.Integrity.Merkle;

/// <summary>Proofs that a leaf is in a tree (RFC 6962 §2.1.1): the siblings on the way from the leaf to the root.</summary>
public static class InclusionProof
{
    /// <summary>Checks a proof (RFC 9162 §2.1.3.2). Pure and thread-safe.</summary>
    /// <param name="leafIndex">The leaf's place, from 0.</param>
    /// <param name="treeSize">The number of leaves of the tree.</param>
    /// <param name="leafHash">As <see cref="MerkleHash.Leaf"/> makes it.</param>
    /// <param name="proof">The siblings, the leaf's first.</param>
    /// <param name="root">The root of the tree, which the caller trusts.</param>
    /// <returns>Codes: <c>leaf_index_out_of_range</c>, <c>proof_length_wrong</c>, <c>proof_root_differs</c>.</returns>
    public static Verification Verify(long leafIndex, long treeSize, in Hash leafHash, ReadOnlySpan<Hash> proof, in Hash root)
    {
        if (leafIndex < 0 || leafIndex >= treeSize)
            return Verification.Invalid("leaf_index_out_of_range", $"a tree of {treeSize} leaves has no leaf {leafIndex}");

        var (node, last) = (leafIndex, treeSize - 1);
        var hash = leafHash;
        foreach (ref readonly var sibling in proof)
        {
            if (last == 0) return WrongLength(proof);
            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                // On the right edge, levels where the node has no sibling pass it up as it is.
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        if (last != 0) return WrongLength(proof);
        return hash == root ? Verification.Valid : Verification.Invalid("proof_root_differs", "the proof leads to another root");
    }

    /// <summary>Builds the proof for a leaf from tiles. Reads at most two tiles for each level of tiles that the tree has.</summary>
    /// <param name="source">The log's tiles.</param>
    /// <param name="leafIndex">The leaf's place, from 0.</param>
    /// <param name="treeSize">The size of the tree to prove it in; the log has at least as many leaves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    /// <exception cref="InvalidDataException">The source gave a tile of another length than wanted.</exception>
    public static ValueTask<Hash[]> BuildAsync(ITileSource source, long leafIndex, long treeSize, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leafIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leafIndex, treeSize);
        return Build(new TileTree(source, treeSize, cancellationToken), leafIndex, treeSize);
    }

    /// <summary>Builds the proofs for some leaves of one tree. Whatever they have in common is read and hashed once.</summary>
    /// <param name="source">The log's tiles.</param>
    /// <param name="leafIndexes">The leaves' places, from 0.</param>
    /// <param name="treeSize">The size of the tree to prove them in; the log has at least as many leaves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A proof for each leaf, in the order in which they were asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tree has not all of these leaves.</exception>
    /// <exception cref="InvalidDataException">The source gave a tile of another length than wanted.</exception>
    public static async ValueTask<IReadOnlyList<Hash[]>> BuildAsync(
        ITileSource source, IReadOnlyList<long> leafIndexes, long treeSize, CancellationToken cancellationToken = default)
    {
        var tree = new TileTree(source, treeSize, cancellationToken);
        var proofs = new List<Hash[]>(leafIndexes.Count);
        foreach (var leafIndex in leafIndexes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(leafIndex, nameof(leafIndexes));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leafIndex, treeSize, nameof(leafIndexes));
            proofs.Add(await Build(tree, leafIndex, treeSize).ConfigureAwait(false));
        }

        return proofs;
    }

    // PATH(m, D[n]) of RFC 6962 §2.1.1, from the root down.
    private static async ValueTask<Hash[]> Build(TileTree tree, long leafIndex, long treeSize)
    {
        var proof = new List<Hash>();
        var (start, end) = (0L, treeSize);
        while (end - start > 1)
        {
            var middle = start + MerkleHash.Split(end - start);
            if (leafIndex < middle)
            {
                proof.Add(await tree.RootAsync(middle, end).ConfigureAwait(false));
                end = middle;
            }
            else
            {
                proof.Add(await tree.RootAsync(start, middle).ConfigureAwait(false));
                start = middle;
            }
        }

        proof.Reverse();
        return [.. proof];
    }

    private static Verification WrongLength(ReadOnlySpan<Hash> proof) =>
        Verification.Invalid("proof_length_wrong", $"{proof.Length} hashes are not a proof for this leaf of a tree of this size");
}
