using System.Numerics;
using System.Runtime.InteropServices;

using Ledger.Integrity.Merkle;

namespace Ledger.Integrity.Tiles;

/// <summary>
/// The RFC 6962 tree of one size over a log's tiles, for the proofs of one request: each tile is read once, and what lies between the levels
/// that tiles store is hashed once. Not thread-safe.
/// </summary>
internal sealed class TileTree(ITileSource source, long size, CancellationToken cancellationToken)
{
    private readonly Dictionary<TileCoordinate, ReadOnlyMemory<byte>> _tiles = [];
    private readonly Dictionary<(int Level, long Index), Hash> _subtrees = [];

    /// <summary>MTH(D[start:end]), where the range is one that RFC 6962 §2.1 splits the tree of this size into.</summary>
    public async ValueTask<Hash> RootAsync(long start, long end)
    {
        // Perfect subtrees of falling size from the left, folded from the right: only the last range of a level is ever more than one.
        var subtrees = new List<Hash>();
        while (start < end)
        {
            var level = BitOperations.Log2((ulong)(end - start));
            subtrees.Add(await SubtreeAsync(level, start >> level).ConfigureAwait(false));
            start += 1L << level;
        }

        var root = subtrees[^1];
        for (var i = subtrees.Count - 2; i >= 0; i--) root = MerkleHash.Node(subtrees[i], root);
        return root;
    }

    // The root of the perfect subtree of 2^level leaves that starts at leaf index × 2^level.
    private async ValueTask<Hash> SubtreeAsync(int level, long index)
    {
        if (_subtrees.TryGetValue((level, index), out var known)) return known;
        var (tileLevel, height) = Math.DivRem(level, TileCoordinate.Height);
        var firstHash = index << height;
        var tile = TileLayout.TileAt(tileLevel, firstHash / TileCoordinate.FullWidth, size)!.Value;
        var hashes = MemoryMarshal.Cast<byte, Hash>((await ReadAsync(tile).ConfigureAwait(false)).Span);
        return _subtrees[(level, index)] = MerkleHash.Root(hashes.Slice((int)(firstHash % TileCoordinate.FullWidth), 1 << height));
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileCoordinate tile)
    {
        if (_tiles.TryGetValue(tile, out var hashes)) return hashes;
        hashes = await source.ReadAsync(tile, cancellationToken).ConfigureAwait(false);
        if (hashes.Length != tile.Width * Hash.Size)
            throw new InvalidDataException($"{tile} has {hashes.Length} bytes, not the {tile.Width * Hash.Size} of {tile.Width} hashes.");
        return _tiles[tile] = hashes;
    }
}
