using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Ledger.Integrity.Archives;

/// <summary>
/// Reads an archive that <see cref="ArchiveWriter"/> wrote, and refuses any other, byte for byte: so a changed bit is found wherever it is,
/// and there is nothing that another program could read differently. Not thread-safe; does not own the stream.
/// </summary>
public sealed class ArchiveReader
{
    private const int BufferBytes = 81_920;
    private const int MaxDirectoryBytes = 16 * 1024 * 1024;

    private readonly Stream _input;
    private readonly Dictionary<string, ArchiveEntry> _byPath;

    private ArchiveReader(Stream input, List<ArchiveEntry> entries) =>
        (_input, Entries, _byPath) = (input, entries, entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal));

    /// <summary>The files, in the archive's order.</summary>
    public IReadOnlyList<ArchiveEntry> Entries { get; }

    /// <summary>The file of that path; null where there is none.</summary>
    public ArchiveEntry? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Reads everything but the files' bytes, and compares it with what the writer would have written.</summary>
    /// <param name="input">The whole archive; must be able to seek.</param>
    /// <param name="archive">The archive; null unless valid.</param>
    /// <param name="damaged">The file whose headers are not right; null where it is the archive's end, or cannot be told.</param>
    /// <returns>Codes: <c>archive_too_large</c>, <c>archive_malformed</c>.</returns>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Verification Open(Stream input, out ArchiveReader? archive, out string? damaged)
    {
        (archive, damaged) = (null, null);
        var length = input.Length;
        if (length > ArchiveWriter.MaxBytes) return Verification.Invalid("archive_too_large", $"the archive has more than {ArchiveWriter.MaxBytes} bytes");
        if (length < ArchiveFormat.EndLength) return Malformed("the archive is cut off, or none");

        // The end says how many files and where their directory is; both are then held against the bytes it would be written with.
        var end = Read(input, length - ArchiveFormat.EndLength, ArchiveFormat.EndLength);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(10));
        long directorySize = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(12));
        long directoryOffset = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16));
        if (!end.AsSpan().SequenceEqual(ArchiveFormat.End(count, directoryOffset, directorySize)) || directoryOffset + directorySize != length - ArchiveFormat.EndLength)
            return Malformed("the archive does not end as it must: it is cut off, or something follows it");
        if (directorySize > MaxDirectoryBytes) return Verification.Invalid("archive_too_large", "the archive's directory is too large");

        var directory = Read(input, directoryOffset, (int)directorySize);
        var entries = new List<ArchiveEntry>(count);
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            if (Next(directory.AsSpan(at), entries) is not { } entry)
            {
                damaged = PathAt(input, entries.Count == 0 ? 0 : entries[^1].End, directoryOffset);
                return Malformed($"file {i + 1} of {count} is not in the archive's directory as it must be");
            }

            var header = ArchiveFormat.LocalHeader(entry);
            if (entry.End > directoryOffset) return Damaged(entry.Path, $"the archive ends before '{entry.Path}' does", out damaged);
            var found = Read(input, entry.Offset, header.Length);
            if (!found.AsSpan().SequenceEqual(header))
            {
                // Where the two names differ, either may be the one that was changed: both are told.
                if (PathAt(input, entry.Offset, directoryOffset) is not { } called || called == entry.Path)
                    return Damaged(entry.Path, $"the header of '{entry.Path}' is not the one that the archive's directory leads to", out damaged);
                var beginsSo = found.AsSpan(ArchiveFormat.LocalHeaderLength).SequenceEqual(header.AsSpan(ArchiveFormat.LocalHeaderLength));
                return Damaged(beginsSo ? entry.Path : called, $"the file '{called}' is called '{entry.Path}' in the archive's directory", out damaged);
            }

            entries.Add(entry);
            at += ArchiveFormat.CentralHeaderLength + entry.Path.Length;
        }

        if (at != directory.Length || (entries.Count == 0 ? 0 : entries[^1].End) != directoryOffset) return Malformed("the archive holds something between its files and its end");
        archive = new ArchiveReader(input, entries);
        return Verification.Valid;
    }

    /// <summary>Reads a file through, and compares its CRC-32.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <param name="sha256">The digest of what was read, whether or not it is valid.</param>
    /// <returns>Code: <c>archive_crc_differs</c>.</returns>
    /// <exception cref="IOException">The stream cannot be read, or became shorter.</exception>
    public Verification Check(ArchiveEntry entry, out Hash sha256)
    {
        using var content = new ArchiveContent();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        _input.Position = entry.DataOffset;
        for (var left = entry.Size; left > 0;)
        {
            var chunk = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            _input.ReadExactly(chunk);
            content.Append(chunk);
            left -= chunk.Length;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        sha256 = content.Sha256();
        return content.Entry(entry.Path).Crc32 == entry.Crc32
            ? Verification.Valid
            : Verification.Invalid("archive_crc_differs", $"the bytes of '{entry.Path}' are not those that were stored");
    }

    /// <summary>A file's bytes, unchecked: <see cref="Check"/> first.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <param name="maxBytes">The most that is wanted in memory.</param>
    /// <returns>Null where the file is larger.</returns>
    /// <exception cref="IOException">The stream cannot be read, or became shorter.</exception>
    public byte[]? Read(ArchiveEntry entry, int maxBytes) => entry.Size > maxBytes ? null : Read(_input, entry.DataOffset, (int)entry.Size);

    /// <summary>A file as a stream of its own, unchecked. Files are read one at a time: all of them read from the archive's stream.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    public Stream Open(ArchiveEntry entry) => new ArchiveEntryStream(_input, entry.DataOffset, entry.Size);

    // Names and numbers are taken from the directory; everything else in a header must be what they make it.
    private static ArchiveEntry? Next(ReadOnlySpan<byte> directory, List<ArchiveEntry> before)
    {
        if (directory.Length < ArchiveFormat.CentralHeaderLength) return null;
        int pathLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
        if (directory.Length < ArchiveFormat.CentralHeaderLength + pathLength) return null;
        var path = Encoding.ASCII.GetString(directory.Slice(ArchiveFormat.CentralHeaderLength, pathLength));
        if (!ArchivePath.IsValid(path) || !ArchiveWriter.Follows(before, path)) return null;
        var entry = new ArchiveEntry(path, BinaryPrimitives.ReadUInt32LittleEndian(directory[20..]), BinaryPrimitives.ReadUInt32LittleEndian(directory[16..]))
        {
            Offset = before.Count == 0 ? 0 : before[^1].End,
        };
        return directory[..(ArchiveFormat.CentralHeaderLength + pathLength)].SequenceEqual(ArchiveFormat.CentralHeader(entry)) ? entry : null;
    }

    // Which file it is that the directory does not hold as it must: good for naming it, and for nothing else.
    private static string? PathAt(Stream input, long offset, long end)
    {
        if (offset + ArchiveFormat.LocalHeaderLength > end) return null;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(Read(input, offset, ArchiveFormat.LocalHeaderLength).AsSpan(26));
        if (offset + ArchiveFormat.LocalHeaderLength + length > end) return null;
        var path = Encoding.ASCII.GetString(Read(input, offset + ArchiveFormat.LocalHeaderLength, length));
        return ArchivePath.IsValid(path) ? path : null;
    }

    private static byte[] Read(Stream input, long offset, int length)
    {
        var bytes = new byte[length];
        input.Position = offset;
        input.ReadExactly(bytes);
        return bytes;
    }

    private static Verification Damaged(string path, string reason, out string? damaged)
    {
        damaged = path;
        return Malformed(reason);
    }

    private static Verification Malformed(string reason) => Verification.Invalid("archive_malformed", reason);
}
