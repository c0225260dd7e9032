using FsCheck;
using FsCheck.Fluent;

using Ledger.Integrity.Merkle;

namespace Ledger.Integrity.Tests.Merkle;

public class ConsistencyProofTests
{
    private const int MaxSize = 70;

    [Fact]
    public async Task Every_pair_of_trees_has_the_proof_of_RFC_6962_and_it_verifies()
    {
        var leaves = NaiveTree.Leaves(MaxSize);
        var roots = Enumerable.Range(0, MaxSize + 1).Select(size => NaiveTree.Root(leaves.AsSpan(0, size))).ToArray();
        var tiles = new MemoryTiles(leaves.Select(leaf => MerkleHash.Leaf(leaf)));
        for (var newSize = 0; newSize <= MaxSize; newSize++)
        {
            for (var oldSize = 0; oldSize <= newSize; oldSize++)
            {
                var proof = await ConsistencyProof.BuildAsync(tiles, oldSize, newSize);
                if (oldSize > 0) proof.ShouldBe(NaiveTree.Proof(oldSize, leaves.AsSpan(0, newSize)));
                ConsistencyProof.Verify(oldSize, newSize, roots[oldSize], roots[newSize], proof).ShouldBe(Verification.Valid);
            }
        }
    }

    [Fact]
    public async Task Proofs_are_right_across_the_edges_of_tiles()
    {
        int[] sizes = [1, 100, 255, 256, 257, 511, 512, 513, 700];
        var leaves = NaiveTree.Leaves(700);
        var tiles = new MemoryTiles(leaves.Select(leaf => MerkleHash.Leaf(leaf)));
        foreach (var newSize in sizes)
            foreach (var oldSize in sizes.Where(size => size <= newSize))
                (await ConsistencyProof.BuildAsync(tiles, oldSize, newSize)).ShouldBe(NaiveTree.Proof(oldSize, leaves.AsSpan(0, newSize)));
    }

    [Fact]
    public async Task A_proof_between_large_trees_reads_a_few_tiles()
    {
        const int size = 200_003;
        var leaves = Enumerable.Range(0, size).Select(i => MerkleHash.Leaf(BitConverter.GetBytes(i))).ToArray();
        var tiles = new MemoryTiles(leaves);
        foreach (var oldSize in new[] { 1, 65_535, 65_536, 131_073, size - 1 })
        {
            tiles.Reads.Clear();
            var proof = await ConsistencyProof.BuildAsync(tiles, oldSize, size);
            ConsistencyProof.Verify(oldSize, size, MerkleHash.Root(leaves.AsSpan(0, oldSize)), tiles.Frontier.Root(), proof).ShouldBe(Verification.Valid);
            tiles.Reads.Count.ShouldBeLessThanOrEqualTo(9);
        }
    }

    [Fact]
    public void A_proof_that_was_tampered_with_anywhere_fails() =>
        Prop.ForAll<PositiveInt, PositiveInt, PositiveInt>((newSeed, oldSeed, mutation) =>
        {
            var newSize = (newSeed.Get % MaxSize) + 2;
            var oldSize = (oldSeed.Get % (newSize - 1)) + 1;
            var leaves = NaiveTree.Leaves(newSize);
            var proof = NaiveTree.Proof(oldSize, leaves);
            var (oldRoot, newRoot) = (NaiveTree.Root(leaves.AsSpan(0, oldSize)), NaiveTree.Root(leaves));
            ConsistencyProof.Verify(oldSize, newSize, oldRoot, newRoot, proof).IsValid.ShouldBeTrue();

            var at = mutation.Get % proof.Length;
            Hash[][] tampered =
            [
                [.. proof[..at], InclusionProofTests.Flip(proof[at], mutation.Get), .. proof[(at + 1)..]],
                [.. proof[..at], .. proof[(at + 1)..]],
                [.. proof[..at], proof[at], .. proof[at..]],
                [.. proof, newRoot],
                [oldRoot, .. proof],
            ];
            foreach (var wrong in tampered) ConsistencyProof.Verify(oldSize, newSize, oldRoot, newRoot, wrong).IsValid.ShouldBeFalse();
            ConsistencyProof.Verify(oldSize, newSize, newRoot, oldRoot, proof).IsValid.ShouldBeFalse();
            ConsistencyProof.Verify(oldSize, newSize, InclusionProofTests.Flip(oldRoot, mutation.Get), newRoot, proof).IsValid.ShouldBeFalse();
            ConsistencyProof.Verify(oldSize, newSize, oldRoot, InclusionProofTests.Flip(newRoot, mutation.Get), proof).IsValid.ShouldBeFalse();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_log_that_rewrote_a_leaf_cannot_prove_itself_consistent()
    {
        var honest = NaiveTree.Leaves(20);
        var rewritten = NaiveTree.Leaves(30);
        rewritten[7] = [0xBA, 0xD0];
        ConsistencyProof.Verify(20, 30, NaiveTree.Root(honest), NaiveTree.Root(rewritten), NaiveTree.Proof(20, rewritten))
            .Code.ShouldBe("proof_old_root_differs");
    }

    [Fact]
    public void A_proof_to_one_size_is_no_proof_to_another_of_the_same_root()
    {
        var (first, second) = (MerkleHash.Leaf("a"u8), MerkleHash.Leaf("b"u8));
        var root = MerkleHash.Node(first, second);
        ConsistencyProof.Verify(1, 2, first, root, [second]).ShouldBe(Verification.Valid);
        ConsistencyProof.Verify(1, 4, first, root, [second]).Code.ShouldBe("proof_length_wrong");
        ConsistencyProof.Verify(1, long.MaxValue, first, root, [second]).Code.ShouldBe("proof_length_wrong");
    }

    [Fact]
    public void The_trivial_cases_want_no_hashes_and_equal_roots()
    {
        var (a, b) = (MerkleHash.Leaf("a"u8), MerkleHash.Leaf("b"u8));
        ConsistencyProof.Verify(1, 1, a, a, []).ShouldBe(Verification.Valid);
        ConsistencyProof.Verify(1, 1, a, b, []).Code.ShouldBe("proof_new_root_differs");
        ConsistencyProof.Verify(1, 1, a, a, [a]).Code.ShouldBe("proof_length_wrong");
        ConsistencyProof.Verify(0, 0, MerkleHash.Empty, MerkleHash.Empty, []).ShouldBe(Verification.Valid);
        ConsistencyProof.Verify(0, 0, a, a, []).Code.ShouldBe("proof_old_root_differs");
        ConsistencyProof.Verify(0, 9, MerkleHash.Empty, a, []).ShouldBe(Verification.Valid);
        ConsistencyProof.Verify(0, 9, a, a, []).Code.ShouldBe("proof_old_root_differs");
        ConsistencyProof.Verify(0, 9, MerkleHash.Empty, a, [a]).Code.ShouldBe("proof_length_wrong");
        ConsistencyProof.Verify(2, 9, a, b, []).Code.ShouldBe("proof_length_wrong");
        ConsistencyProof.Verify(2, 1, a, b, []).Code.ShouldBe("tree_sizes_out_of_range");
        ConsistencyProof.Verify(-1, 1, a, b, []).Code.ShouldBe("tree_sizes_out_of_range");
    }
}
