using System.Numerics;

using Ledger.Integrity.Tiles;

namespace Ledger.Integrity.Merkle;

/// <summary>Proofs that a tree is the beginning of a larger one (RFC 6962 §2.1.2): nothing that was logged was changed or removed.</summary>
public static class ConsistencyProof
{
    /// <summary>
    /// Checks a proof (RFC 9162 §2.1.4.2). Pure and thread-safe. Equal sizes want equal roots and no hashes; the empty tree is the
    /// beginning of any, and wants no hashes.
    /// </summary>
    /// <param name="oldSize">The number of leaves of the smaller tree.</param>
    /// <param name="newSize">The number of leaves of the larger tree.</param>
    /// <param name="oldRoot">The root of the smaller tree.</param>
    /// <param name="newRoot">The root of the larger tree.</param>
    /// <param name="proof">The hashes, in the order of RFC 6962.</param>
    /// <returns>Codes: <c>tree_sizes_out_of_range</c>, <c>proof_length_wrong</c>, <c>proof_old_root_differs</c>, <c>proof_new_root_differs</c>.</returns>
    public static Verification Verify(long oldSize, long newSize, in Hash oldRoot, in Hash newRoot, ReadOnlySpan<Hash> proof)
    {
        if (oldSize < 0 || oldSize > newSize)
            return Verification.Invalid("tree_sizes_out_of_range", $"a tree of {newSize} leaves cannot begin with one of {oldSize}");
        if (oldSize == 0 || oldSize == newSize) return VerifyTrivial(oldSize, newSize, oldRoot, newRoot, proof);
        if (proof.IsEmpty) return WrongLength(proof);

        // The proof starts at the largest perfect subtree that ends the old tree; where that is the old tree, its root is left out.
        var (node, last) = (oldSize - 1, newSize - 1);
        var shift = BitOperations.TrailingZeroCount(oldSize);
        (node, last) = (node >> shift, last >> shift);
        var first = BitOperations.IsPow2(oldSize) ? oldRoot : proof[0];
        var (oldHash, newHash) = (first, first);
        foreach (ref readonly var hash in BitOperations.IsPow2(oldSize) ? proof : proof[1..])
        {
            if (last == 0) return WrongLength(proof);
            if ((node & 1) == 1 || node == last)
            {
                oldHash = MerkleHash.Node(hash, oldHash);
                newHash = MerkleHash.Node(hash, newHash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                newHash = MerkleHash.Node(newHash, hash);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        if (last != 0) return WrongLength(proof);
        return Compare(oldHash == oldRoot, newHash == newRoot);
    }

    /// <summary>Builds the proof between two sizes from tiles. Reads at most three tiles for each level of tiles that the tree has.</summary>
    /// <param name="source">The log's tiles.</param>
    /// <param name="oldSize">The size of the smaller tree; 0 gives an empty proof.</param>
    /// <param name="newSize">The size of the larger tree; the log has at least as many leaves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="oldSize"/> is negative or larger than <paramref name="newSize"/>.</exception>
    /// <exception cref="InvalidDataException">The source gave a tile of another length than wanted.</exception>
    public static ValueTask<Hash[]> BuildAsync(ITileSource source, long oldSize, long newSize, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        return oldSize == 0 ? new([]) : Build(new TileTree(source, newSize, cancellationToken), oldSize, newSize);
    }

    // PROOF(m, D[n]) = SUBPROOF(m, D[n], true) of RFC 6962 §2.1.2, from the root down.
    private static async ValueTask<Hash[]> Build(TileTree tree, long oldSize, long newSize)
    {
        var proof = new List<Hash>();
        var (start, end) = (0L, newSize);
        while (end != oldSize)
        {
            var middle = start + MerkleHash.Split(end - start);
            if (oldSize <= middle)
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

        // The verifier knows the whole old tree's root; any other last subtree must be told.
        if (start != 0) proof.Add(await tree.RootAsync(start, end).ConfigureAwait(false));
        proof.Reverse();
        return [.. proof];
    }

    private static Verification VerifyTrivial(long oldSize, long newSize, in Hash oldRoot, in Hash newRoot, ReadOnlySpan<Hash> proof)
    {
        if (!proof.IsEmpty) return WrongLength(proof);
        if (oldSize == newSize) return Compare(oldSize != 0 || oldRoot == MerkleHash.Empty, oldRoot == newRoot);
        return Compare(oldRoot == MerkleHash.Empty, newMatches: true);
    }

    private static Verification Compare(bool oldMatches, bool newMatches)
    {
        if (!oldMatches) return Verification.Invalid("proof_old_root_differs", "the proof leads to another root for the smaller tree");
        if (!newMatches) return Verification.Invalid("proof_new_root_differs", "the proof leads to another root for the larger tree");
        return Verification.Valid;
    }

    private static Verification WrongLength(ReadOnlySpan<Hash> proof) =>
        Verification.Invalid("proof_length_wrong", $"{proof.Length} hashes are not a proof between trees of these sizes");
}
