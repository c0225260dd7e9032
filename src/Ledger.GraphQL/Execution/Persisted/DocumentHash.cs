using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ledger.GraphQL.Execution;

/// <summary>The SHA-256 of a document's text, by which it is known.</summary>
public readonly record struct DocumentHash
{
    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private DocumentHash(ReadOnlySpan<byte> digest) =>
        (_high, _low) = (BinaryPrimitives.ReadUInt128BigEndian(digest), BinaryPrimitives.ReadUInt128BigEndian(digest[16..]));

    /// <summary>The hash of a text.</summary>
    public static DocumentHash Of(ReadOnlySpan<byte> utf8)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, digest);
        return new DocumentHash(digest);
    }

    /// <summary>Reads 64 hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DocumentHash hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var isHash = text.Length == SHA256.HashSizeInBytes * 2 && Convert.FromHexString(text, digest, out _, out _) == OperationStatus.Done;
        hash = isHash ? new DocumentHash(digest) : default;
        return isHash;
    }

    // A part of a digest is as good a hash code as there is.
    /// <inheritdoc/>
    public override int GetHashCode() => (int)_low;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{_high:x32}{_low:x32}";
}
