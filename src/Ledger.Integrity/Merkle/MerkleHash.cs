using System.Buffers;
using System.Numerics;

namespace Ledger.Integrity.Merkle;

/// <summary>
/// The hashes of RFC 6962 §2.1. The prefixes keep a leaf from ever being taken for a node, which is what makes a second preimage of a
/// tree as hard as one of SHA-256. Thread-safe.
/// </summary>
public static class MerkleHash
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int StackLeafBytesMax = 1024;

    /// <summary>The root of the empty tree: SHA-256 of nothing.</summary>
    public static Hash Empty { get; } = Hash.Sha256([]);

    /// <summary>The hash of a leaf: SHA-256(0x00 ‖ <paramref name="data"/>).</summary>
    public static Hash Leaf(ReadOnlySpan<byte> data)
    {
        byte[]? rented = null;
        var input = data.Length < StackLeafBytesMax
            ? stackalloc byte[StackLeafBytesMax]
            : rented = ArrayPool<byte>.Shared.Rent(data.Length + 1);
        input[0] = LeafPrefix;
        data.CopyTo(input[1..]);
        var hash = Hash.Sha256(input[..(data.Length + 1)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>The hash of an inner node: SHA-256(0x01 ‖ <paramref name="left"/> ‖ <paramref name="right"/>).</summary>
    public static Hash Node(in Hash left, in Hash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Hash.Size)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Hash.Size)..]);
        return Hash.Sha256(input);
    }

    /// <summary>The root of the tree over <paramref name="hashes"/>, in order: leaf hashes, or the roots of subtrees of one size.</summary>
    public static Hash Root(ReadOnlySpan<Hash> hashes)
    {
        if (hashes.IsEmpty) return Empty;
        if (hashes.Length == 1) return hashes[0];
        var split = (int)Split(hashes.Length);
        return Node(Root(hashes[..split]), Root(hashes[split..]));
    }

    /// <summary>The largest power of two smaller than <paramref name="size"/> (at least 2): where RFC 6962 §2.1 splits a tree.</summary>
    internal static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
