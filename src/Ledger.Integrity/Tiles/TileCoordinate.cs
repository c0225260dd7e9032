namespace Ledger.Integrity.Tiles;

/// <summary>
/// Which tile of a log (C2SP tlog-tiles): <see cref="Width"/> hashes of one level, or the entries under a tile of level 0. Its text is the
/// path under the log's prefix: <c>tile/0/x001/x234/067.p/13</c>, <c>tile/entries/000.p/5</c>. Immutable and thread-safe.
/// </summary>
/// <remarks><c>default</c> is no tile: its width is 0, and it has no path.</remarks>
public readonly record struct TileCoordinate
{
    /// <summary>The hashes in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>The levels of the tree within one tile.</summary>
    public const int Height = 8;

    /// <summary>The highest level that a path may name.</summary>
    public const int MaxLevel = 63;

    internal const int EntriesLevel = -1;

    /// <summary>Names a tile of hashes.</summary>
    /// <param name="level">0 (leaf hashes) to 63.</param>
    /// <param name="index">The tile's place in its level; not negative.</param>
    /// <param name="width">1 to 256; less than 256 is a partial tile.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of range.</exception>
    public TileCoordinate(int level, long index, int width = FullWidth)
        : this(index, width, level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
    }

    private TileCoordinate(long index, int width, int level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        (Level, Index, Width) = (level, index, width);
    }

    /// <summary>The level of the hashes; -1 for entries.</summary>
    public int Level { get; }

    /// <summary>The tile's place in its level, from 0.</summary>
    public long Index { get; }

    /// <summary>The number of hashes or entries: 1 to 256.</summary>
    public int Width { get; }

    /// <summary>Whether this is a bundle of entries rather than a tile of hashes.</summary>
    public bool IsEntryBundle => Level == EntriesLevel;

    /// <summary>Whether the tile is narrower than a full one: the right edge of some tree.</summary>
    public bool IsPartial => Width < FullWidth;

    /// <summary>Names a bundle of entries.</summary>
    /// <param name="index">The bundle's place, from 0: entries <paramref name="index"/> × 256 onwards.</param>
    /// <param name="width">1 to 256 entries.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of range.</exception>
    public static TileCoordinate Entries(long index, int width = FullWidth) => new(index, width, EntriesLevel);

    /// <summary>The path, without a leading slash; empty for <c>default</c>.</summary>
    public override string ToString() => TilePath.Format(this);

    /// <summary>Reads a path. One tile has one path: any path that is accepted is what <see cref="ToString"/> writes again.</summary>
    /// <param name="path">Without a leading slash.</param>
    /// <param name="tile">The tile; undefined when the answer is false.</param>
    public static bool TryParse(ReadOnlySpan<char> path, out TileCoordinate tile) => TilePath.TryParse(path, out tile);
}
