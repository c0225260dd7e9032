using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Ledger.Integrity.Merkle;

/// <summary>
/// The right edge of an RFC 6962 tree (a compact range from 0): all that is needed to append and to know the root. It holds the roots of
/// the perfect subtrees that the tree of <see cref="Size"/> leaves splits into, one for each bit set in the size: at most 63 hashes,
/// whatever the size. Not thread-safe: its owner appends; others take a <see cref="Copy"/>.
/// </summary>
public sealed class Frontier
{
    private const int SizeBytes = sizeof(long);
    private const int TileHeight = 8;

    // _subtrees[level] is meaningful where bit `level` of Size is set: the root of a perfect subtree of 2^level leaves.
    private readonly Hash[] _subtrees;

    /// <summary>The frontier of the empty tree.</summary>
    public Frontier() => _subtrees = new Hash[64];

    private Frontier(long size, Hash[] subtrees) => (Size, _subtrees) = (size, subtrees);

    /// <summary>The number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Appends one leaf: one node hash on average, at most 63.</summary>
    /// <param name="leafHash">As <see cref="MerkleHash.Leaf"/> makes it.</param>
    public void Append(in Hash leafHash) => Append(leafHash, []);

    /// <summary>Appends one leaf and hands out the roots of the tiles that it completes, which are the hashes of the tiles one level up.</summary>
    /// <param name="leafHash">As <see cref="MerkleHash.Leaf"/> makes it.</param>
    /// <param name="completedTiles">
    /// Receives at [0] the root of the full level 0 tile that ends with this leaf, at [1] that of level 1, and so on, as far as it has room;
    /// seven places always suffice.
    /// </param>
    /// <returns>How many tiles the leaf completes: 0 for 255 leaves of 256; may exceed the length of <paramref name="completedTiles"/>.</returns>
    public int Append(in Hash leafHash, Span<Hash> completedTiles)
    {
        var hash = leafHash;
        var level = 0;
        var completed = 0;
        for (var size = Size; (size & 1) == 1; size >>= 1)
        {
            hash = MerkleHash.Node(_subtrees[level], hash);
            level++;
            if (level % TileHeight != 0) continue;
            if (completed < completedTiles.Length) completedTiles[completed] = hash;
            completed++;
        }

        _subtrees[level] = hash;
        Size = checked(Size + 1);
        return completed;
    }

    /// <summary>The root of the tree: <see cref="MerkleHash.Empty"/> when it has no leaves. Costs a hash for each bit set in the size.</summary>
    public Hash Root()
    {
        if (Size == 0) return MerkleHash.Empty;
        var level = BitOperations.TrailingZeroCount(Size);
        var root = _subtrees[level];
        for (level++; Size >> level != 0; level++)
            if ((Size >> level & 1) == 1) root = MerkleHash.Node(_subtrees[level], root);
        return root;
    }

    /// <summary>The subtree roots, the largest (leftmost) subtree first.</summary>
    public Hash[] Hashes()
    {
        var hashes = new Hash[BitOperations.PopCount((ulong)Size)];
        var next = 0;
        for (var level = 62; level >= 0; level--)
            if ((Size >> level & 1) == 1) hashes[next++] = _subtrees[level];
        return hashes;
    }

    /// <summary>An independent copy: 2 KiB.</summary>
    public Frontier Copy() => new(Size, (Hash[])_subtrees.Clone());

    /// <summary>Restores what <see cref="Size"/> and <see cref="Hashes"/> gave. The hashes are taken as they are: compare <see cref="Root"/> with a root that is trusted.</summary>
    /// <exception cref="ArgumentException"><paramref name="size"/> is negative, or does not have as many bits set as there are hashes.</exception>
    public static Frontier Restore(long size, ReadOnlySpan<Hash> hashes)
    {
        if (size < 0 || hashes.Length != BitOperations.PopCount((ulong)size))
            throw new ArgumentException($"A tree of {size} leaves does not have {hashes.Length} subtrees.", nameof(hashes));
        var subtrees = new Hash[64];
        var next = 0;
        for (var level = 62; level >= 0; level--)
            if ((size >> level & 1) == 1) subtrees[level] = hashes[next++];
        return new Frontier(size, subtrees);
    }

    /// <summary>The size as 8 bytes big-endian, then <see cref="Hashes"/>.</summary>
    public byte[] ToBytes()
    {
        var hashes = Hashes();
        var bytes = new byte[SizeBytes + (hashes.Length * Hash.Size)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Size);
        MemoryMarshal.AsBytes(hashes.AsSpan()).CopyTo(bytes.AsSpan(SizeBytes));
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <returns>False when the length does not fit the size.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Frontier? frontier)
    {
        frontier = null;
        if (bytes.Length < SizeBytes) return false;
        var size = BinaryPrimitives.ReadInt64BigEndian(bytes);
        var hashes = bytes[SizeBytes..];
        if (size < 0 || hashes.Length != BitOperations.PopCount((ulong)size) * Hash.Size) return false;
        frontier = Restore(size, MemoryMarshal.Cast<byte, Hash>(hashes));
        return true;
    }
}
