using System.Runtime.InteropServices;
using Ledger.Integrity;
using Ledger.Integrity.Merkle;

namespace Ledger.Store.Log;

/// <summary>
/// The right edge of the tree as tiles: the frontier, and on each level the hashes that do not fill a tile yet. Appending hands out each
/// tile as it fills. Not thread-safe.
/// </summary>
internal sealed class TreeEdge
{
    public const int TileWidth = 256;
    public const int Levels = 8;

    private readonly Frontier _frontier;
    private readonly List<Hash>[] _partial;

    public TreeEdge()
        : this(new Frontier(), [.. Enumerable.Range(0, Levels).Select(_ => new List<Hash>())])
    {
    }

    private TreeEdge(Frontier frontier, List<Hash>[] partial) => (_frontier, _partial) = (frontier, partial);

    public long Size => _frontier.Size;

    public Hash Root() => _frontier.Root();

    /// <summary>The hashes of the level's last tile while it is not full; empty when it is.</summary>
    public ReadOnlySpan<Hash> Partial(int level) => CollectionsMarshal.AsSpan(_partial[level]);

    public TreeEdge Copy() => new(_frontier.Copy(), [.. _partial.Select(hashes => new List<Hash>(hashes))]);

    /// <summary>Appends a leaf; tiles that it fills go to <paramref name="filled"/>, lowest level first.</summary>
    public void Append(Hash leaf, List<TileRow>? filled)
    {
        Span<Hash> roots = stackalloc Hash[Levels];
        var index = Size;
        var completed = _frontier.Append(leaf, roots);
        _partial[0].Add(leaf);
        for (var level = 0; level < completed; level++)
        {
            index /= TileWidth;
            filled?.Add(new TileRow(level, index, MemoryMarshal.AsBytes(Partial(level)).ToArray()));
            _partial[level].Clear();
            _partial[level + 1].Add(roots[level]);
        }
    }

    /// <summary>
    /// Rebuilds the edge of a tree of <paramref name="size"/> leaves. The result is only as true as what is read: compare its root with one
    /// that is trusted.
    /// </summary>
    /// <param name="size">The number of leaves.</param>
    /// <param name="readTile">Reads a full tile's hashes by level and index.</param>
    /// <param name="lastLeaves">The leaf hashes after the last full tile of level 0.</param>
    public static async Task<TreeEdge> RestoreAsync(long size, Func<int, long, Task<byte[]>> readTile, IReadOnlyList<Hash> lastLeaves)
    {
        var edge = new TreeEdge();
        var subtrees = new List<Hash>();
        for (var level = Levels - 1; level > 0; level--)
        {
            // This level's last tile holds the roots of the full tiles below it.
            var tilesBelow = size >> (8 * level);
            for (var index = tilesBelow - (tilesBelow % TileWidth); index < tilesBelow; index++)
                edge._partial[level].Add(MerkleHash.Root(MemoryMarshal.Cast<byte, Hash>(await readTile(level - 1, index))));
        }

        edge._partial[0].AddRange(lastLeaves);
        for (var level = Levels - 1; level >= 0; level--) AddSubtrees(edge._partial[level], subtrees);
        return new TreeEdge(Frontier.Restore(size, CollectionsMarshal.AsSpan(subtrees)), edge._partial);
    }

    // A partial tile of n hashes holds one perfect subtree for each bit set in n, the largest first.
    private static void AddSubtrees(List<Hash> hashes, List<Hash> subtrees)
    {
        var from = 0;
        for (var width = TileWidth / 2; width > 0; width /= 2)
        {
            if ((hashes.Count & width) == 0) continue;
            subtrees.Add(MerkleHash.Root(CollectionsMarshal.AsSpan(hashes).Slice(from, width)));
            from += width;
        }
    }
}
