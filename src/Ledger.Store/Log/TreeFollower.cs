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
            await LogTree.CatchUpAsync(database, edge, cancellation);
            _edge = edge;
            return _newest = new TreeSnapshot(edge, _tiles);
        }
        finally
        {
            _following.Release();
        }
    }

    public void Dispose() => _following.Dispose();
}
