using System.Text;
using Ledger.Integrity;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// Grows the tree along the log, seal by seal: each seal must continue the one before it, its leaves must be those of the rows, its root
/// that of the tree, and its checkpoint must say so under the log's key. Not thread-safe.
/// </summary>
internal sealed class TreeAudit(VerifierKey key, ProblemList problems)
{
    private const int SealsTogetherMin = 64;

    private readonly Dictionary<long, Hash> _watched = [];
    private readonly List<List<Hash>> _tiles = [.. Enumerable.Range(0, TreeEdge.Levels).Select(_ => new List<Hash>())];
    private TreeEdge _edge = new();
    private bool _lost;

    public long Size => _edge.Size;

    /// <summary>SHA-256 of each full tile, by level and index.</summary>
    public IReadOnlyList<IReadOnlyList<Hash>> Tiles => _tiles;

    public Hash Root() => _edge.Root();

    /// <summary>Asks for the root of the tree when it has that size.</summary>
    public void Watch(long size)
    {
        if (size == 0) _watched[0] = MerkleHash.Empty;
        else _watched.TryAdd(size, default);
    }

    /// <summary>The root of the tree of a watched size; null when the tree is not that large.</summary>
    public Hash? RootAt(long size) => size <= Size ? _watched[size] : null;

    /// <summary>Checks every checkpoint: each must be one note of one signature, the log's own, over that seal's size and root.</summary>
    public void CheckCheckpoints(IReadOnlyList<SealRow> seals)
    {
        // A few are done before another thread has woken up; and threads that were woken go on looking for work for a while.
        var found = new string?[seals.Count];
        if (seals.Count < SealsTogetherMin) for (var i = 0; i < seals.Count; i++) found[i] = CheckpointProblem(seals[i]);
        else Parallel.For(0, seals.Count, i => found[i] = CheckpointProblem(seals[i]));

        for (var i = 0; i < seals.Count; i++)
            if (found[i] is { } problem) problems.Add("checkpoint_invalid", $"the checkpoint of the tree of {seals[i].Size} leaves: {problem}");
    }

    /// <summary>Grows the tree by a seal.</summary>
    /// <param name="seal">The next seal.</param>
    /// <param name="recomputed">The leaf hashes recomputed from the rows after the tree's size, in order; null where there is none.</param>
    /// <returns>The leaves as they were sealed: the seal's, or the rows' where only they lead to the root.</returns>
    public Hash[] Grow(SealRow seal, Hash?[] recomputed)
    {
        if (seal.Before != Size) problems.Add("seal_out_of_line", $"the seal of {seal.Size} leaves begins at leaf {seal.Before}, but the one before it ends at {Size}");
        _lost |= seal.Before > Size;
        var leaves = seal.Leaves[(int)Math.Clamp(Size - seal.Before, 0, seal.Leaves.Length)..];
        var differing = Enumerable.Range(0, leaves.Length).FirstOrDefault(i => i >= recomputed.Length || recomputed[i] != leaves[i], -1);
        if (differing < 0 || _lost) Adopt(Growth.Of(_edge, leaves, _watched));
        else leaves = GrowDisputed(seal, leaves, recomputed, differing);
        if (!_lost && Root() != RootOf(seal))
        {
            _lost = true; // every later root would differ too
            problems.Add("root_differs", $"the seal of {seal.Size} leaves states another root than its leaves have");
        }

        return leaves;
    }

    /// <summary>Grows the tree by leaves whose seal is missing, so that what comes after them can still be checked.</summary>
    public void GrowUnsealed(IReadOnlyList<Hash> leaves) => Adopt(Growth.Of(_edge, leaves, _watched));

    // Rows and seal differ. Where the rows lead to the signed root and the seal's leaves do not, it is the seal that was changed.
    private Hash[] GrowDisputed(SealRow seal, Hash[] leaves, Hash?[] recomputed, int differing)
    {
        var bySeal = Growth.Of(_edge.Copy(), leaves, _watched);
        if (bySeal.Edge.Root() != RootOf(seal) && Array.TrueForAll(recomputed, leaf => leaf is not null))
        {
            var rowLeaves = Array.ConvertAll(recomputed, leaf => leaf!.Value);
            var byRows = Growth.Of(_edge.Copy(), rowLeaves, _watched);
            if (byRows.Edge.Root() == RootOf(seal))
            {
                problems.Add("seal_leaf_differs", $"the seal of {seal.Size} leaves holds another leaf hash than the event and the tree have", Size + differing + 1);
                Adopt(byRows);
                return rowLeaves;
            }
        }

        Adopt(bySeal);
        return leaves;
    }

    private void Adopt(Growth growth)
    {
        _edge = growth.Edge;
        foreach (var tile in growth.Tiles) _tiles[tile.Level].Add(Hash.Sha256(tile.Hashes));
        foreach (var (size, root) in growth.Roots) _watched[size] = root;
    }

    private string? CheckpointProblem(SealRow seal)
    {
        var bytes = Encoding.UTF8.GetBytes(seal.Checkpoint);
        var verification = Checkpoint.Verify(bytes, key.Name, key, out var checkpoint);
        if (!verification.IsValid || checkpoint is null) return verification.Reason;
        if (checkpoint != new Checkpoint(key.Name, seal.Size, RootOf(seal))) return $"it is of a tree of {checkpoint.Size} leaves with the root {checkpoint.Root}";
        return Note.TryParse(bytes, out var note, out var error) && note.Signatures.Count == 1 ? null : error ?? "it has signatures that the log did not make";
    }

    private static Hash RootOf(SealRow seal) => seal.Root.Length == Hash.Size ? new Hash(seal.Root) : default;

    /// <summary>An edge after more leaves, the tiles they filled, and the roots that were asked for.</summary>
    private sealed record Growth(TreeEdge Edge, List<TileRow> Tiles, List<(long Size, Hash Root)> Roots)
    {
        public static Growth Of(TreeEdge edge, IReadOnlyList<Hash> leaves, Dictionary<long, Hash> watched)
        {
            var growth = new Growth(edge, [], []);
            foreach (var leaf in leaves)
            {
                edge.Append(leaf, growth.Tiles);
                if (watched.ContainsKey(edge.Size)) growth.Roots.Add((edge.Size, edge.Root()));
            }

            return growth;
        }
    }
}
