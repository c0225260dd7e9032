using Ledger.Integrity.Tiles;

namespace Ledger.Integrity.Tests.Tiles;

public class TileCoordinateTests
{
    public static TheoryData<TileCoordinate, string> Paths => new()
    {
        { new TileCoordinate(0, 0), "tile/0/000" },
        { new TileCoordinate(0, 999), "tile/0/999" },
        { new TileCoordinate(0, 1000), "tile/0/x001/000" },
        { new TileCoordinate(0, 1_234_067, 13), "tile/0/x001/x234/067.p/13" },
        { new TileCoordinate(1, 1_000_000), "tile/1/x001/x000/000" },
        { new TileCoordinate(63, 5, 255), "tile/63/005.p/255" },
        { new TileCoordinate(7, long.MaxValue), "tile/7/x009/x223/x372/x036/x854/x775/807" },
        { TileCoordinate.Entries(0, 5), "tile/entries/000.p/5" },
        { TileCoordinate.Entries(12_345), "tile/entries/x012/345" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_tile_and_its_path_name_each_other(TileCoordinate tile, string path)
    {
        tile.ToString().ShouldBe(path);
        TileCoordinate.TryParse(path, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(tile);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001/x000")]
    [InlineData("tile/0/x01/000")]
    [InlineData("tile/0/X001/000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/00/000")]
    [InlineData("tile/01/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/+1/000")]
    [InlineData("tile/1\0/000")]
    [InlineData("tile/entry/000")]
    [InlineData("tile/0/-01")]
    [InlineData("tile/0/٠٠٠")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/5\0")]
    [InlineData("tile/0/000.p/5/")]
    [InlineData("tile/0/000.p/5.p/5")]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/808")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/0/../../etc/passwd")]
    public void What_is_not_the_one_path_of_a_tile_is_refused(string path) => TileCoordinate.TryParse(path, out _).ShouldBeFalse();

    [Fact]
    public void A_tile_out_of_range_cannot_be_made()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new TileCoordinate(-1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new TileCoordinate(64, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new TileCoordinate(0, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => new TileCoordinate(0, 0, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new TileCoordinate(0, 0, 257));
        default(TileCoordinate).ToString().ShouldBe("");
    }
}
