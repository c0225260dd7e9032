using System.Buffers.Binary;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// The rows of one binary <c>COPY … TO STDOUT</c>, cut where PostgreSQL's documentation of COPY, "Binary Format", says. The bytes stay where
/// they were read to, and both they and the rows are used again for the next one. Not thread-safe.
/// </summary>
/// <param name="columns">How many columns each row has; the first is the sequence number.</param>
internal sealed class RowBatch(int columns)
{
    private const int HeaderBytes = 19;
    private const int ChunkBytes = 1024 * 1024;
    private const int SequenceAt = sizeof(short) + sizeof(int);
    private const int FirstColumnAt = SequenceAt + sizeof(long);

    // PGCOPY\n\377\r\n\0, then flags and the length of an extension: nothing is set in either.
    private static readonly byte[] Header = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly List<byte[]> _chunks = [];
    private AuditedRow[] _rows = [];

    /// <summary>Reads what the stream has, to its end.</summary>
    /// <param name="copy">The bytes of the COPY.</param>
    /// <param name="examine">Takes each row as soon as it is there, so that the database goes on meanwhile.</param>
    /// <param name="cancellation">Gives up, between two reads.</param>
    /// <returns>The rows, good until the batch is filled again.</returns>
    /// <exception cref="InvalidDataException">These are not rows of that many columns.</exception>
    public ArraySegment<AuditedRow> Fill(Stream copy, Action<AuditedRow> examine, CancellationToken cancellation)
    {
        _chunks.RemoveAll(bytes => bytes.Length > ChunkBytes);
        var count = 0;
        var chunk = Chunk(0, ChunkBytes);
        copy.ReadExactly(chunk, 0, HeaderBytes);
        if (!chunk.AsSpan(0, HeaderBytes).SequenceEqual(Header)) throw new InvalidDataException("the database sent something else than rows in binary");

        var (used, start, end) = (1, HeaderBytes, HeaderBytes);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (end == chunk.Length)
            {
                // The row that the chunk ends within goes on in the next one, which has room for it.
                var next = Chunk(used++, Math.Max(ChunkBytes, checked(2 * (end - start))));
                chunk.AsSpan(start..end).CopyTo(next);
                (chunk, start, end) = (next, 0, end - start);
            }

            var read = copy.Read(chunk, end, chunk.Length - end);
            if (read == 0) break;
            for (end += read; Length(chunk.AsSpan(start..end)) is var length and > 0; start += length)
            {
                var row = Row(count++);
                row.Begin(BinaryPrimitives.ReadInt64BigEndian(chunk.AsSpan(start + SequenceAt)), chunk.AsMemory((start + FirstColumnAt)..(start + length)));
                examine(row);
            }
        }

        if (end - start != sizeof(short) || BinaryPrimitives.ReadInt16BigEndian(chunk.AsSpan(start)) != -1) throw new InvalidDataException("the database's rows break off");
        return new ArraySegment<AuditedRow>(_rows, 0, count);
    }

    // A row is the number of its columns, and for each its length, −1 for null, and so many bytes. 0 while it is not all there.
    private int Length(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(short) || BinaryPrimitives.ReadInt16BigEndian(bytes) is var fields && fields == -1) return 0;
        if (fields != columns) throw new InvalidDataException($"the database sent a row of {fields} columns, not {columns}");
        var at = sizeof(short);
        for (var column = 0; column < columns; column++)
        {
            if (bytes.Length - at < sizeof(int)) return 0;
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
            if (column == 0 && length != sizeof(long)) throw new InvalidDataException("the database sent a row without a sequence number");
            at += sizeof(int);
            if (length > bytes.Length - at) return 0;
            at += Math.Max(0, length);
        }

        return at;
    }

    private AuditedRow Row(int index)
    {
        if (index == _rows.Length) Array.Resize(ref _rows, Math.Max(256, 2 * index));
        return _rows[index] ??= new AuditedRow();
    }

    private byte[] Chunk(int index, int length)
    {
        if (index == _chunks.Count) _chunks.Add(new byte[length]);
        else if (_chunks[index].Length < length) _chunks[index] = new byte[length];
        return _chunks[index];
    }
}
