namespace Ledger.Integrity.Tiles;

/// <summary>Where the tiles of one log are read from.</summary>
public interface ITileSource
{
    /// <summary>The hashes of a tile.</summary>
    /// <param name="tile">A tile of hashes, never a bundle of entries, as wide as it is in the tree that is asked about. The log may have grown past it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Exactly <see cref="TileCoordinate.Width"/> hashes of 32 bytes, one after the other: the first ones where the tile has become wider.</returns>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileCoordinate tile, CancellationToken cancellationToken);
}
