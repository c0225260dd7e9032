using FsCheck;
using FsCheck.Fluent;

using Ledger.Integrity.Merkle;

namespace Ledger.Integrity.Tests.Merkle;

public class InclusionProofTests
{
    private const int MaxSize = 70;

    [Fact]
    public async Task Every_leaf_of_every_tree_has_the_proof_of_RFC_6962_and_it_verifies()
    {
        var leaves = NaiveTree.Leaves(MaxSize);
        var tiles = new MemoryTiles(leaves.Select(leaf => MerkleHash.Leaf(leaf)));
        for (var size = 1; size <= MaxSize; size++)
        {
            var root = NaiveTree.Root(leaves.AsSpan(0, size));
            for (var index = 0; index < size; index++)
            {
                var proof = await InclusionProof.BuildAsync(tiles, index, size);
                proof.ShouldBe(NaiveTree.Path(index, leaves.AsSpan(0, size)));
                InclusionProof.Verify(index, size, MerkleHash.Leaf(leaves[index]), proof, root).ShouldBe(Verification.Valid);
            }
        }
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(700)]
    public async Task Proofs_are_right_across_the_edges_of_tiles(int size)
    {
        var leaves = NaiveTree.Leaves(700);
        var tiles = new MemoryTiles(leaves.Select(leaf => MerkleHash.Leaf(leaf)));
        int[] places = [.. new[] { 0, 1, 127, 128, 254, 255, 256, 257, 511, 512, size - 1 }.Where(index => index < size)];
        foreach (var index in places) (await InclusionProof.BuildAsync(tiles, index, size)).ShouldBe(NaiveTree.Path(index, leaves.AsSpan(0, size)));

        var together = await InclusionProof.BuildAsync(tiles, [.. places.Select(index => (long)index)], size);
        together.ShouldBe(places.Select(index => NaiveTree.Path(index, leaves.AsSpan(0, size))));
    }

    [Fact]
    public async Task A_proof_in_a_large_tree_reads_a_few_tiles()
    {
        const int size = 200_003;
        var tiles = new MemoryTiles(Enumerable.Range(0, size).Select(i => MerkleHash.Leaf(BitConverter.GetBytes(i))));
        foreach (var index in new[] { 0, 65_535, 65_536, 123_456, size - 1 })
        {
            tiles.Reads.Clear();
            var proof = await InclusionProof.BuildAsync(tiles, index, size);
            InclusionProof.Verify(index, size, MerkleHash.Leaf(BitConverter.GetBytes(index)), proof, tiles.Frontier.Root()).ShouldBe(Verification.Valid);
            tiles.Reads.Count.ShouldBeLessThanOrEqualTo(6);
            tiles.Reads.ShouldBeUnique();
        }
    }

    [Fact]
    public void A_proof_that_was_tampered_with_anywhere_fails() =>
        Prop.ForAll<PositiveInt, PositiveInt, PositiveInt>((sizeSeed, indexSeed, mutation) =>
        {
            var size = (sizeSeed.Get % MaxSize) + 1;
            var index = indexSeed.Get % size;
            var leaves = NaiveTree.Leaves(size);
            var proof = NaiveTree.Path(index, leaves);
            var root = NaiveTree.Root(leaves);
            var leaf = MerkleHash.Leaf(leaves[index]);
            InclusionProof.Verify(index, size, leaf, proof, root).IsValid.ShouldBeTrue();

            InclusionProof.Verify(index, size, Flip(leaf, mutation.Get), proof, root).IsValid.ShouldBeFalse();
            InclusionProof.Verify(index, size, leaf, proof, Flip(root, mutation.Get)).IsValid.ShouldBeFalse();
            InclusionProof.Verify(index, size, leaf, [.. proof, root], root).IsValid.ShouldBeFalse();
            InclusionProof.Verify(index, size, leaf, [root, .. proof], root).IsValid.ShouldBeFalse();
            if (index != size - 1) InclusionProof.Verify(index + 1, size, leaf, proof, root).IsValid.ShouldBeFalse();
            if (proof.Length == 0) return;

            var at = mutation.Get % proof.Length;
            InclusionProof.Verify(index, size, leaf, [.. proof[..at], Flip(proof[at], mutation.Get), .. proof[(at + 1)..]], root).IsValid.ShouldBeFalse();
            InclusionProof.Verify(index, size, leaf, [.. proof[..at], .. proof[(at + 1)..]], root).IsValid.ShouldBeFalse();
            InclusionProof.Verify(index, size, leaf, [.. proof[..at], proof[at], .. proof[at..]], root).IsValid.ShouldBeFalse();
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(-1, 1)]
    [InlineData(-1, -1)]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void A_leaf_that_the_tree_has_not_is_refused(long index, long size) =>
        InclusionProof.Verify(index, size, MerkleHash.Empty, [], MerkleHash.Empty).Code.ShouldBe("leaf_index_out_of_range");

    [Fact]
    public void Reasons_tell_a_wrong_length_from_a_wrong_root()
    {
        var leaf = MerkleHash.Leaf("a"u8);
        InclusionProof.Verify(0, 2, leaf, [], leaf).Code.ShouldBe("proof_length_wrong");
        InclusionProof.Verify(0, 1, leaf, [leaf], leaf).Code.ShouldBe("proof_length_wrong");
        InclusionProof.Verify(0, 2, leaf, [leaf], leaf).Code.ShouldBe("proof_root_differs");
        InclusionProof.Verify(0, long.MaxValue, leaf, new Hash[1000], leaf).Code.ShouldBe("proof_length_wrong");
    }

    [Fact]
    public async Task A_tile_of_the_wrong_length_is_an_error_and_not_a_proof()
    {
        await Should.ThrowAsync<InvalidDataException>(async () => await InclusionProof.BuildAsync(new ShortTiles(), 0, 2));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await InclusionProof.BuildAsync(new ShortTiles(), 2, 2));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await InclusionProof.BuildAsync(new ShortTiles(), [2L], 2));
    }

    internal static Hash Flip(Hash hash, int bit)
    {
        var bytes = hash.ToArray();
        bytes[bit / 8 % Hash.Size] ^= (byte)(1 << (bit % 8));
        return new Hash(bytes);
    }

    private sealed class ShortTiles : Ledger.Integrity.Tiles.ITileSource
    {
        public ValueTask<ReadOnlyMemory<byte>> ReadAsync(Ledger.Integrity.Tiles.TileCoordinate tile, CancellationToken cancellationToken) => new(new byte[Hash.Size]);
    }
}
