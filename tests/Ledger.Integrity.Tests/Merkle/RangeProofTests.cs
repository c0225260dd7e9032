using Ledger.Integrity.Merkle;

namespace Ledger.Integrity.Tests.Merkle;

public class RangeProofTests
{
    private const int Size = 40;
    private static readonly byte[][] Data = NaiveTree.Leaves(Size);
    private static readonly Hash[] Leaves = [.. Data.Select(leaf => MerkleHash.Leaf(leaf))];
    private static readonly Hash Root = NaiveTree.Root(Data);
    private static readonly MemoryTiles Tiles = new(Leaves);

    [Fact]
    public async Task Every_range_of_a_tree_is_proved_whole()
    {
        for (var first = 0; first <= Size; first++)
        {
            for (var end = first; end <= Size; end++)
                (await Prove(first, end)).Verify(Leaves[first..end], Size, Root).ShouldBe(Verification.Valid);
        }
    }

    [Fact]
    public async Task A_frontier_from_tiles_is_the_one_that_appending_leads_to()
    {
        var leaves = Enumerable.Range(0, 70_000).Select(i => MerkleHash.Leaf(BitConverter.GetBytes(i))).ToArray();
        var tiles = new MemoryTiles(leaves);
        foreach (var size in new[] { 0, 1, 255, 256, 257, 65_535, 65_536, 69_999 })
        {
            var appended = new Frontier();
            foreach (var leaf in leaves.AsSpan(0, size)) appended.Append(leaf);
            (await RangeProof.FrontierAsync(tiles, size)).ShouldBe(appended.Hashes());
        }
    }

    [Fact]
    public async Task A_leaf_that_is_left_out_is_found_wherever_it_was()
    {
        var proof = await Prove(7, 29);
        for (var left = 7; left < 29; left++)
        {
            var without = Leaves[7..29].Where((_, i) => i != left - 7).ToArray();
            proof.Verify(without, Size, Root).Code.ShouldBe("range_incomplete");

            // With its place taken by the next ones, or with the range said to be shorter, the root is another.
            proof.Verify([.. without, Leaves[29]], Size, Root).IsValid.ShouldBeFalse();
            (proof with { End = 28, Consistency = await ConsistencyProof.BuildAsync(Tiles, 28, Size) }).Verify(without, Size, Root).IsValid.ShouldBe(left == 28);
        }
    }

    [Fact]
    public async Task A_leaf_that_is_added_changed_or_moved_is_found()
    {
        var proof = await Prove(7, 29);
        var run = Leaves[7..29];
        proof.Verify([.. run, Leaves[29]], Size, Root).Code.ShouldBe("range_too_long");
        for (var i = 0; i < run.Length; i++)
        {
            proof.Verify(run.Select((leaf, at) => at == i ? Root : leaf), Size, Root).IsValid.ShouldBeFalse();
            if (i > 0) proof.Verify(run.Select((_, at) => run[at == i ? i - 1 : at == i - 1 ? i : at]), Size, Root).IsValid.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_frontier_or_consistency_proof_that_was_changed_anywhere_fails()
    {
        var proof = await Prove(7, 29);
        for (var i = 0; i < proof.Frontier.Count; i++)
            (proof with { Frontier = [.. proof.Frontier.Select((hash, at) => at == i ? Root : hash)] }).Verify(Leaves[7..29], Size, Root).IsValid.ShouldBeFalse();
        for (var i = 0; i < proof.Consistency.Count; i++)
            (proof with { Consistency = [.. proof.Consistency.Select((hash, at) => at == i ? Root : hash)] }).Verify(Leaves[7..29], Size, Root).IsValid.ShouldBeFalse();
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 4)]
    [InlineData(3, Size + 1)]
    [InlineData(3, 5)]
    public void A_range_that_cannot_be_is_malformed(long first, long end) =>
        new RangeProof(first, [Root], end, []).Verify([], Size, Root).Code.ShouldBe("range_malformed");

    private static async Task<RangeProof> Prove(int first, int end) => new(
        first, await RangeProof.FrontierAsync(Tiles, first), end, await ConsistencyProof.BuildAsync(Tiles, end, Size));
}
