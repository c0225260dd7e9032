using Ledger.Integrity.Merkle;

namespace Ledger.Integrity.Tests.Merkle;

public class FrontierTests
{
    [Fact]
    public void The_empty_tree_has_the_hash_of_nothing_as_its_root()
    {
        new Frontier().Root().ShouldBe(Hash.Sha256([]));
        MerkleHash.Empty.ToString().ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    [Fact]
    public void At_every_size_the_root_is_that_of_RFC_6962()
    {
        var leaves = NaiveTree.Leaves(300);
        var frontier = new Frontier();
        for (var size = 0; size <= leaves.Length; size++)
        {
            frontier.Size.ShouldBe(size);
            frontier.Root().ShouldBe(NaiveTree.Root(leaves.AsSpan(0, size)));
            if (size < leaves.Length) frontier.Append(MerkleHash.Leaf(leaves[size]));
        }
    }

    [Fact]
    public void The_root_over_hashes_is_that_of_appending_them()
    {
        var hashes = NaiveTree.Leaves(100).Select(leaf => MerkleHash.Leaf(leaf)).ToArray();
        for (var size = 0; size <= hashes.Length; size++)
            MerkleHash.Root(hashes.AsSpan(0, size)).ShouldBe(NaiveTree.Root(NaiveTree.Leaves(size)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1022)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(65_535)]
    public void A_leaf_of_any_length_is_hashed_whole(int length)
    {
        var data = new byte[length];
        data.AsSpan().Fill(0xA5);
        MerkleHash.Leaf(data).ShouldBe(NaiveTree.Root([data]));
    }

    [Fact]
    public void A_frontier_restored_at_any_size_goes_on_as_if_nothing_had_happened()
    {
        var leaves = NaiveTree.Leaves(70).Select(leaf => MerkleHash.Leaf(leaf)).ToArray();
        for (var size = 0; size < leaves.Length; size++)
        {
            var frontier = new Frontier();
            foreach (var leaf in leaves.Take(size)) frontier.Append(leaf);

            Frontier.TryParse(frontier.ToBytes(), out var parsed).ShouldBeTrue();
            var restored = Frontier.Restore(frontier.Size, frontier.Hashes());
            foreach (var leaf in leaves.Skip(size))
            {
                parsed.Append(leaf);
                restored.Append(leaf);
            }

            parsed.Root().ShouldBe(MerkleHash.Root(leaves));
            restored.Root().ShouldBe(MerkleHash.Root(leaves));
        }
    }

    [Fact]
    public void A_copy_is_independent()
    {
        var frontier = new Frontier();
        frontier.Append(MerkleHash.Leaf("a"u8));
        var copy = frontier.Copy();
        frontier.Append(MerkleHash.Leaf("b"u8));
        copy.Size.ShouldBe(1);
        copy.Root().ShouldBe(MerkleHash.Leaf("a"u8));
    }

    [Fact]
    public void Hashes_that_do_not_fit_the_size_are_refused()
    {
        Should.Throw<ArgumentException>(() => Frontier.Restore(3, [MerkleHash.Empty]));
        Should.Throw<ArgumentException>(() => Frontier.Restore(-1, []));
        Frontier.TryParse([], out _).ShouldBeFalse();
        Frontier.TryParse([0, 0, 0, 0, 0, 0, 0, 1], out _).ShouldBeFalse();
        Frontier.TryParse([0, 0, 0, 0, 0, 0, 0, 0, 0], out _).ShouldBeFalse();
        Frontier.TryParse([0xFF, .. new byte[7], .. new byte[8 * Hash.Size]], out _).ShouldBeFalse();
    }

    [Fact]
    public void Appending_tells_the_roots_of_the_tiles_it_completes()
    {
        var frontier = new Frontier();
        var completed = new Hash[7];
        var tileRoots = new List<Hash>();
        var leaf = MerkleHash.Leaf("same"u8);
        for (var size = 1; size <= 65_536; size++)
        {
            var count = frontier.Append(leaf, completed);
            count.ShouldBe(size == 65_536 ? 2 : size % 256 == 0 ? 1 : 0);
            if (count > 0) tileRoots.Add(completed[0]);
        }

        tileRoots.ShouldAllBe(root => root == MerkleHash.Root(Enumerable.Repeat(leaf, 256).ToArray()));
        completed[1].ShouldBe(MerkleHash.Root(tileRoots.ToArray()));
    }
}
