using Ledger.Integrity.Merkle;
using Ledger.Integrity.Tiles;

namespace Ledger.Integrity.Tests.Merkle;

/// <summary>A log's hashes in memory, filled as a log would fill them: by the frontier's completed tiles.</summary>
internal sealed class MemoryTiles : ITileSource
{
    private readonly List<Hash>[] _levels = [[], [], [], [], [], [], [], []];

    public MemoryTiles(IEnumerable<Hash> leafHashes)
    {
        Span<Hash> completed = stackalloc Hash[7];
        foreach (var leaf in leafHashes)
        {
            _levels[0].Add(leaf);
            var count = Frontier.Append(leaf, completed);
            for (var i = 0; i < count; i++) _levels[i + 1].Add(completed[i]);
        }
    }

    public Frontier Frontier { get; } = new();

    public List<TileCoordinate> Reads { get; } = [];

    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileCoordinate tile, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Reads.Add(tile);
        return new(Hashes(tile).SelectMany(hash => hash.ToArray()).ToArray());
    }

    public IReadOnlyList<Hash> Hashes(TileCoordinate tile) => _levels[tile.Level].GetRange((int)tile.Index * TileCoordinate.FullWidth, tile.Width);
}
