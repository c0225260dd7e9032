using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ledger.Integrity;

/// <summary>
/// A SHA-256 digest: 32 bytes, held inline. <c>default</c> is 32 zero bytes, which no known input hashes to. Immutable and thread-safe.
/// </summary>
public readonly struct Hash : IEquatable<Hash>
{
    /// <summary>The length of a digest in bytes.</summary>
    public const int Size = 32;

    // Four words in memory order; only ever read and written as bytes, so the machine's endianness does not show.
    private readonly ulong _word0, _word1, _word2, _word3;

    /// <summary>Takes a digest computed elsewhere.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not exactly 32 bytes.</exception>
    public Hash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException($"A SHA-256 digest has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        (_word0, _word1, _word2, _word3) = (words[0], words[1], words[2], words[3]);
    }

    /// <summary>The 32 bytes, without a copy; valid as long as the value they are read from.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(new ReadOnlySpan<Hash>(in this));

    /// <summary>The SHA-256 digest (FIPS 180-4) of <paramref name="data"/>.</summary>
    public static Hash Sha256(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Size];
        SHA256.HashData(data, digest);
        return new Hash(digest);
    }

    /// <summary>Writes the 32 bytes to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination) => Bytes.CopyTo(destination);

    /// <summary>A new array of the 32 bytes.</summary>
    public byte[] ToArray() => Bytes.ToArray();

    /// <summary>The digest as 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes);

    /// <summary>The digest in standard base64 (RFC 4648 §4): 44 characters.</summary>
    public string ToBase64() => Convert.ToBase64String(Bytes);

    /// <summary>Writes the 64 lower-case hexadecimal digits as ASCII to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than 64 bytes.</exception>
    public void WriteHex(Span<byte> destination)
    {
        if (!Convert.TryToHexStringLower(Bytes, destination, out _))
            throw new ArgumentException("A digest has 64 hexadecimal digits.", nameof(destination));
    }

    /// <summary>Reads exactly 64 lower-case hexadecimal digits: one digest has one text.</summary>
    /// <returns>False for anything else, upper case included.</returns>
    public static bool TryParseHex(ReadOnlySpan<char> text, out Hash hash)
    {
        hash = default;
        if (text.Length != Size * 2 || text.ContainsAnyInRange('A', 'F')) return false;
        Span<byte> bytes = stackalloc byte[Size];
        if (Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        hash = new Hash(bytes);
        return true;
    }

    /// <summary>Reads exactly the standard base64 of 32 bytes, padding included and unused bits zero: one digest has one text.</summary>
    /// <returns>False for anything else.</returns>
    public static bool TryParseBase64(ReadOnlySpan<char> text, out Hash hash)
    {
        hash = default;
        if (!StrictBase64.TryDecode(text, out var bytes) || bytes.Length != Size) return false;
        hash = new Hash(bytes);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Hash other) =>
        _word0 == other._word0 && _word1 == other._word1 && _word2 == other._word2 && _word3 == other._word3;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _word0.GetHashCode();

    /// <summary>Whether both are the same 32 bytes.</summary>
    public static bool operator ==(Hash left, Hash right) => left.Equals(right);

    /// <summary>Whether the two differ in any byte.</summary>
    public static bool operator !=(Hash left, Hash right) => !left.Equals(right);
}
