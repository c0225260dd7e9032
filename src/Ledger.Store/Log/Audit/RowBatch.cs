using System.Buffers.Binary;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// The rows of one binary <c>COPY … TO STDOUT</c>, cut where PostgreSQL's documentation of COPY, "Binary Format", says: the bytes stay where
/// they were read to, and both they and the rows are used again for the next one. Not thread-safe.
/// </summary>
/// <param name="columns">How many columns each row has; the first is the sequence number.</param>
internal sealed class RowBatch(int columns)
{
    private const int HeaderBytes = 19;
    private const int LengthBytes = sizeof(int);
    private const int KeptBytesMax = 32 * 1024 * 1024;

    private byte[] _bytes = new byte[256 * 1024];
    private AuditedRow[] _rows = [];

    // PGCOPY\n\377\r\n\0, then flags and the length of an extension: nothing is set in either.
    private static ReadOnlySpan<byte> Signature => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00];

    /// <summary>Reads what the stream has, to its end.</summary>
    /// <returns>The rows, good until the batch is filled again.</returns>
    /// <exception cref="InvalidDataException">These are not rows of that many columns.</exception>
    public ArraySegment<AuditedRow> Fill(Stream copy, CancellationToken cancellation)
    {
        if (_bytes.Length > KeptBytesMax) _bytes = new byte[KeptBytesMax];
        var length = 0;
        while (true)
        {
            if (length == _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(2L * length, Array.MaxLength));
            cancellation.ThrowIfCancellationRequested();
            var read = copy.Read(_bytes.AsSpan(length));
            if (read == 0) return length < Array.MaxLength ? Cut(length) : throw new InvalidDataException("the rows between two seals are more than can be read");
            length += read;
        }
    }

    private ArraySegment<AuditedRow> Cut(int length)
    {
        var bytes = _bytes.AsSpan(0, length);
        if (length < HeaderBytes || !bytes.StartsWith(Signature) || bytes[Signature.Length..HeaderBytes].ContainsAnyExcept((byte)0))
            throw new InvalidDataException("the database sent something else than rows in binary");

        var count = 0;
        var at = HeaderBytes;
        while (Int16(bytes, ref at) is var fields and not -1)
        {
            if (fields != columns) throw new InvalidDataException($"the database sent a row of {fields} columns, not {columns}");
            if (Skip(bytes, ref at) != sizeof(long)) throw new InvalidDataException("the database sent a row without a sequence number");
            var sequence = BinaryPrimitives.ReadInt64BigEndian(bytes[(at - sizeof(long))..]);
            var start = at;
            for (var column = 1; column < columns; column++) Skip(bytes, ref at);
            Row(count++).Begin(sequence, _bytes.AsMemory(start, at - start));
        }

        return new ArraySegment<AuditedRow>(_rows, 0, count);
    }

    private AuditedRow Row(int index)
    {
        if (index == _rows.Length) Array.Resize(ref _rows, Math.Max(256, 2 * index));
        return _rows[index] ??= new AuditedRow();
    }

    private static short Int16(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (bytes.Length - at < sizeof(short)) throw new InvalidDataException("the database's rows break off");
        var value = BinaryPrimitives.ReadInt16BigEndian(bytes[at..]);
        at += sizeof(short);
        return value;
    }

    // A column is its length, −1 for null, and so many bytes.
    private static int Skip(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (bytes.Length - at < LengthBytes) throw new InvalidDataException("the database's rows break off");
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
        at += LengthBytes;
        if (length > bytes.Length - at) throw new InvalidDataException("the database's rows break off");
        at += Math.Max(0, length);
        return length;
    }
}
