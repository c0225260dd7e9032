using System.Runtime.InteropServices;
using Ledger.Integrity;
using Ledger.Integrity.Tiles;

namespace Ledger.Store.Log;

/// <summary>
/// The tiles of the tree of one size: full ones from the store, those of the right edge from memory. Every tile of every smaller tree is the
/// beginning of one of them. Immutable and thread-safe.
/// </summary>
internal sealed class TreeSnapshot : ITileSource
{
    private readonly byte[][] _partial;
    private readonly TileCache _full;

    public TreeSnapshot(TreeEdge edge, TileCache full)
    {
        Size = edge.Size;
        _partial = [.. Enumerable.Range(0, TreeEdge.Levels).Select(level => MemoryMarshal.AsBytes(edge.Partial(level)).ToArray())];
        _full = full;
    }

    public long Size { get; }

    /// <summary>The tile's hashes, exactly as many as its width says; null where the tree is not as wide.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(TileCoordinate tile, CancellationToken cancellation)
    {
        if (TileLayout.TileAt(tile.Level, tile.Index, Size) is not { } here || here.Width < tile.Width) return null;
        var hashes = here.IsPartial ? _partial[tile.Level] : await _full.ReadAsync(tile.Level, tile.Index, cancellation);
        return hashes.AsMemory(0, tile.Width * Hash.Size);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileCoordinate tile, CancellationToken cancellationToken) =>
        await FindAsync(tile, cancellationToken) ?? throw new InvalidDataException($"{tile} is not in the tree of {Size} leaves");

    /// <summary>The hash of one of the tree's leaves.</summary>
    public async ValueTask<Hash> LeafAsync(long leafIndex, CancellationToken cancellation)
    {
        var (index, place) = Math.DivRem(leafIndex, TileCoordinate.FullWidth);
        var hashes = await ReadAsync(new TileCoordinate(0, index, (int)place + 1), cancellation);
        return new Hash(hashes.Span[^Hash.Size..]);
    }
}
