using System.Security.Cryptography;

namespace Ledger.Integrity.Archives;

/// <summary>
/// Measures a file as it is produced: an archive's writer must know size and CRC before the first byte, and a manifest the digest. Use one for
/// each file; not thread-safe.
/// </summary>
public sealed class ArchiveContent : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Crc32 _crc32 = new();

    /// <summary>The number of bytes so far.</summary>
    public long Size { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        _crc32.Append(bytes);
        Size += bytes.Length;
    }

    /// <summary>The digest of the bytes so far.</summary>
    public Hash Sha256()
    {
        Span<byte> digest = stackalloc byte[Hash.Size];
        _sha256.GetCurrentHash(digest);
        return new Hash(digest);
    }

    /// <summary>The file under a name, as <see cref="ArchiveWriter"/> wants it.</summary>
    public ArchiveEntry Entry(string path) => new(path, Size, _crc32.Value);

    /// <summary>The file of these bytes under a name.</summary>
    public static ArchiveEntry Entry(string path, ReadOnlySpan<byte> bytes)
    {
        var crc32 = new Crc32();
        crc32.Append(bytes);
        return new ArchiveEntry(path, bytes.Length, crc32.Value);
    }

    /// <inheritdoc/>
    public void Dispose() => _sha256.Dispose();
}
