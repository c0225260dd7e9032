using Ledger.Integrity.Tiles;

namespace Ledger.Integrity.Tests.Tiles;

public class TileLayoutTests
{
    [Fact]
    public void A_tree_of_70000_leaves_has_the_tiles_that_the_specification_counts()
    {
        var full = TileLayout.CompletedTiles(0, 70_000).ToList();
        full.Count(tile => tile.Level == 0).ShouldBe(273);
        full.Count(tile => tile.Level == 1).ShouldBe(1);
        full.Count.ShouldBe(274);
        TileLayout.PartialTiles(70_000).ShouldBe([new(0, 273, 112), new(1, 1, 17), new(2, 0, 1)]);
    }

    [Fact]
    public void A_full_tile_and_no_more_leaves_only_its_root_above() =>
        TileLayout.PartialTiles(256).ShouldBe([new(1, 0, 1)]);

    [Theory]
    [InlineData(0, 0, "")]
    [InlineData(0, 255, "")]
    [InlineData(0, 256, "tile/0/000")]
    [InlineData(255, 256, "tile/0/000")]
    [InlineData(256, 511, "")]
    [InlineData(256, 512, "tile/0/001")]
    [InlineData(65_535, 65_536, "tile/0/255 tile/1/000")]
    [InlineData(65_279, 65_793, "tile/0/254 tile/0/255 tile/0/256 tile/1/000")]
    public void Growth_completes_tiles_at_every_level(long oldSize, long newSize, string expected) =>
        string.Join(' ', TileLayout.CompletedTiles(oldSize, newSize)).ShouldBe(expected);

    [Fact]
    public void Growing_in_steps_completes_the_same_tiles_as_growing_at_once()
    {
        long[] sizes = [0, 1, 255, 256, 300, 1000, 65_535, 65_536, 70_001, 140_000];
        sizes.Zip(sizes.Skip(1)).SelectMany(step => TileLayout.CompletedTiles(step.First, step.Second))
            .ShouldBe(TileLayout.CompletedTiles(0, sizes[^1]), ignoreOrder: true);
    }

    [Theory]
    [InlineData(0, 0, 0, null)]
    [InlineData(0, 0, 1, 1)]
    [InlineData(0, 0, 256, 256)]
    [InlineData(0, 1, 256, null)]
    [InlineData(0, 1, 300, 44)]
    [InlineData(1, 0, 255, null)]
    [InlineData(1, 0, 256, 1)]
    [InlineData(7, 0, long.MaxValue, 127)]
    [InlineData(8, 0, long.MaxValue, null)]
    [InlineData(0, long.MaxValue, long.MaxValue, null)]
    [InlineData(0, -1, 10, null)]
    public void A_tile_is_as_wide_as_the_tree_fills_it(int level, long index, long size, int? width) =>
        (TileLayout.TileAt(level, index, size)?.Width).ShouldBe(width);

    [Fact]
    public void Sizes_that_cannot_be_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => TileLayout.CompletedTiles(-1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => TileLayout.CompletedTiles(2, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => TileLayout.PartialTiles(-1));
    }
}
