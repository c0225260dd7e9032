using Ledger.Integrity;
using Ledger.Integrity.Tiles;
using Npgsql;

namespace Ledger.Store.Log;

/// <summary>
/// Keeps the tree's right edge in memory and follows the seals whenever a larger tree is asked for, so that it is right on every node and
/// on replicas. Thread-safe: readers share an immutable snapshot, one at a time catches up.
/// </summary>
internal sealed class TreeFollower(NpgsqlDataSource database) : IDisposable
{
    private readonly TileCache _tiles = new(database);
    private readonly SemaphoreSlim _following = new(1);
    private TreeEdge? _edge;
    private volatile TreeSnapshot? _newest;

    /// <summary>A tree of at least <paramref name="size"/> leaves; the newest there is, where the log does not have as many.</summary>
    public async ValueTask<TreeSnapshot> AtLeastAsync(long size, CancellationToken cancellation)
    {
        if (_newest is { } known && known.Size >= size) return known;
        await _following.WaitAsync(cancellation);
        try
        {
            if (_newest is { } newest && newest.Size >= size) return newest;

            // On a copy: a connection that breaks half-way leaves nothing half-done behind.
            var edge = _edge?.Copy() ?? await LogTree.LoadAsync(database, cancellation);
            await LogTree.CatchUpAsync(database, edge, _tiles, cancellation);
            return Follow(edge);
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>The size of the tree as far as it was followed; negative before it was.</summary>
    public long KnownSize => _newest?.Size ?? -1;

    /// <summary>Takes seals that somebody else read, as far as they go on where the tree ends.</summary>
    public async ValueTask AbsorbAsync(IReadOnlyList<(long Size, List<Hash> Leaves)> seals, CancellationToken cancellation)
    {
        if (seals.Count == 0) return;
        await _following.WaitAsync(cancellation);
        try
        {
            if (_edge?.Copy() is not { } edge) return;
            foreach (var (size, leaves) in seals)
                if (size - leaves.Count == edge.Size) LogTree.Append(edge, leaves, _tiles);
            if (edge.Size > _edge.Size) Follow(edge);
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Keeps a full tile that somebody else read.</summary>
    public void Keep(TileRow tile) => _tiles.Keep(tile);

    /// <summary>Reads the full tiles that proofs of some leaves need, all at once: one statement, or none where they are known.</summary>
    public ValueTask PrepareAsync(IEnumerable<long> leafIndexes, long treeSize, CancellationToken cancellation)
    {
        var tiles = new HashSet<(int Level, long Index)>();
        foreach (var leafIndex in leafIndexes)
        {
            for (var level = 0; level < TreeEdge.Levels; level++)
            {
                var index = leafIndex >> (TileCoordinate.Height * (level + 1));
                if ((index + 1) << (TileCoordinate.Height * (level + 1)) > treeSize) break;
                tiles.Add((level, index));
            }
        }

        return _tiles.PrepareAsync(tiles, cancellation);
    }

    public void Dispose() => _following.Dispose();

    private TreeSnapshot Follow(TreeEdge edge)
    {
        _edge = edge;
        return _newest = new TreeSnapshot(edge, _tiles);
    }
}
