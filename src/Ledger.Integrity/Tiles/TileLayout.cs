namespace Ledger.Integrity.Tiles;

/// <summary>Which tiles a tree of a given size consists of (C2SP tlog-tiles, "Partial Tiles"). Pure and thread-safe.</summary>
public static class TileLayout
{
    // 8 levels of 8 bits hold any size that a long can; the top one has at most 128 hashes.
    private const int Levels = 8;

    /// <summary>
    /// The full tiles of hashes that a tree has at <paramref name="newSize"/> and had not at <paramref name="oldSize"/>: by level from 0,
    /// within a level by index. The full entry bundles are those of level 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="oldSize"/> is negative or larger than <paramref name="newSize"/>.</exception>
    public static IEnumerable<TileCoordinate> CompletedTiles(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        return Completed(oldSize, newSize);
    }

    /// <summary>The partial tiles of hashes at the right edge of a tree: at most one a level, by level from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative.</exception>
    public static IEnumerable<TileCoordinate> PartialTiles(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return Partial(size);
    }

    /// <summary>The tile at a place, as wide as it is in a tree of <paramref name="size"/> leaves.</summary>
    /// <param name="level">0 to 7.</param>
    /// <param name="index">The tile's place in its level.</param>
    /// <param name="size">The number of leaves.</param>
    /// <returns>Null when the tree has no such tile.</returns>
    public static TileCoordinate? TileAt(int level, long index, long size)
    {
        if (level is < 0 or >= Levels || index < 0 || size < 0) return null;
        var hashes = HashesAt(level, size);
        if (index > hashes / TileCoordinate.FullWidth) return null;
        var width = (int)Math.Min(hashes - (index * TileCoordinate.FullWidth), TileCoordinate.FullWidth);
        return width == 0 ? null : new TileCoordinate(level, index, width);
    }

    private static IEnumerable<TileCoordinate> Completed(long oldSize, long newSize)
    {
        for (var level = 0; level < Levels; level++)
        {
            var end = HashesAt(level, newSize) / TileCoordinate.FullWidth;
            for (var index = HashesAt(level, oldSize) / TileCoordinate.FullWidth; index < end; index++)
                yield return new TileCoordinate(level, index);
        }
    }

    private static IEnumerable<TileCoordinate> Partial(long size)
    {
        for (var level = 0; level < Levels; level++)
        {
            var (index, width) = Math.DivRem(HashesAt(level, size), TileCoordinate.FullWidth);
            if (width > 0) yield return new TileCoordinate(level, index, (int)width);
        }
    }

    private static long HashesAt(int level, long size) => size >> (level * TileCoordinate.Height);
}
