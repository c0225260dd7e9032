using System.Buffers;

namespace Ledger.Integrity.Archives;

/// <summary>
/// Writes an archive from front to back, without seeking: what a file comes to is known before its first byte, by <see cref="ArchiveContent"/>.
/// The first file may be any, those after it come in ordinal order of their paths, none twice. Not thread-safe; does not own the stream.
/// </summary>
/// <param name="output">Receives the archive; only written to.</param>
/// <remarks>
/// The same files give the same bytes. There is no ZIP64: what is larger than <see cref="MaxBytes"/>, in all, is to be split by whoever
/// makes the files, because a second form of the headers would be a second way to write the same archive.
/// </remarks>
public sealed class ArchiveWriter(Stream output)
{
    /// <summary>The largest archive, in bytes: one less than 4 GiB less one, which would mean ZIP64 (APPNOTE 4.4.1.4).</summary>
    public const long MaxBytes = uint.MaxValue - 1;

    /// <summary>The most files.</summary>
    public const int MaxEntries = ushort.MaxValue - 1;

    private const int BufferBytes = 81_920;

    private readonly List<ArchiveEntry> _entries = [];
    private long _written;
    private long _directory;
    private bool _finished;

    /// <summary>The length that the archive of these files would have, in bytes.</summary>
    public static long Length(IEnumerable<ArchiveEntry> entries) =>
        entries.Sum(entry => ArchiveFormat.LocalHeaderLength + ArchiveFormat.CentralHeaderLength + (2L * entry.Path.Length) + entry.Size) + ArchiveFormat.EndLength;

    /// <summary>Writes a file that is in memory.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="cancellationToken">Gives up; the archive is of no use then.</param>
    /// <exception cref="ArgumentException">The path is not allowed or out of order, or the archive would be too large.</exception>
    public async ValueTask WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        await BeginAsync(ArchiveContent.Entry(path, bytes.Span), cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        _written += bytes.Length;
    }

    /// <summary>Writes a file that is streamed.</summary>
    /// <param name="entry">What it was measured to be.</param>
    /// <param name="content">Its bytes, to the end of the stream.</param>
    /// <param name="cancellationToken">Gives up; the archive is of no use then.</param>
    /// <exception cref="ArgumentException">The path is not allowed or out of order, or the archive would be too large.</exception>
    /// <exception cref="InvalidDataException">The stream is not what was measured: the archive is of no use.</exception>
    public async ValueTask WriteAsync(ArchiveEntry entry, Stream content, CancellationToken cancellationToken = default)
    {
        await BeginAsync(entry, cancellationToken).ConfigureAwait(false);
        var crc32 = new Crc32();
        var left = entry.Size;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while (left >= 0 && (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                left -= read;
                if (left < 0) continue;
                crc32.Append(buffer.AsSpan(0, read));
                await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                _written += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (left != 0 || crc32.Value != entry.Crc32) throw new InvalidDataException($"'{entry.Path}' is not what it was measured to be.");
    }

    /// <summary>Writes what comes after the files. Nothing may be written afterwards.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        _finished = true;
        foreach (var entry in _entries) await output.WriteAsync(ArchiveFormat.CentralHeader(entry), cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(ArchiveFormat.End(_entries.Count, _written, _directory), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask BeginAsync(ArchiveEntry entry, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        if (!ArchivePath.IsValid(entry.Path)) throw new ArgumentException($"'{entry.Path}' is not a path that an archive may hold.", nameof(entry));
        if (!Follows(_entries, entry.Path)) throw new ArgumentException($"'{entry.Path}' does not come after '{_entries[^1].Path}', or is there already.", nameof(entry));
        _directory += ArchiveFormat.CentralHeaderLength + entry.Path.Length;
        if (_entries.Count == MaxEntries || entry.Size < 0 || _written + ArchiveFormat.LocalHeaderLength + entry.Path.Length + entry.Size + _directory + ArchiveFormat.EndLength > MaxBytes)
            throw new ArgumentException($"An archive has at most {MaxBytes} bytes and {MaxEntries} files.", nameof(entry));

        var placed = entry with { Offset = _written };
        _entries.Add(placed);
        var header = ArchiveFormat.LocalHeader(placed);
        await output.WriteAsync(header, cancellationToken).ConfigureAwait(false);
        _written += header.Length;
    }

    internal static bool Follows(IReadOnlyList<ArchiveEntry> entries, string path) => entries switch
    {
        [] => true,
        [var first] => first.Path != path,
        [var first, .., var last] => first.Path != path && string.CompareOrdinal(last.Path, path) < 0,
    };
}
