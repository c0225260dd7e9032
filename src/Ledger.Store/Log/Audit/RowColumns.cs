using System.Buffers.Binary;

namespace Ledger.Store.Log.Audit;

/// <summary>Reads the columns of one row, in order, as binary <c>COPY</c> writes them: a length, −1 for null, and so many bytes.</summary>
internal ref struct RowColumns(ReadOnlyMemory<byte> columns)
{
    private const byte JsonbVersion = 1;

    private ReadOnlyMemory<byte> _rest = columns;

    /// <summary>The next column.</summary>
    /// <returns>False when it is null; the column is then empty.</returns>
    public bool TryNext(out ReadOnlyMemory<byte> column)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(_rest.Span);
        column = _rest.Slice(sizeof(int), Math.Max(0, length));
        _rest = _rest[(sizeof(int) + column.Length)..];
        return length >= 0;
    }

    /// <exception cref="FormatException">The column is null.</exception>
    public ReadOnlySpan<byte> Bytes(string name) => TryNext(out var column) ? column.Span : throw new FormatException($"the column {name} is null");

    /// <exception cref="FormatException">The column is null, or not 8 bytes.</exception>
    public long Int64(string name) => Bytes(name) is { Length: sizeof(long) } bytes
        ? BinaryPrimitives.ReadInt64BigEndian(bytes)
        : throw new FormatException($"the column {name} is not an integer");

    /// <summary>A <c>jsonb</c> as text: PostgreSQL puts the version of its format before it.</summary>
    /// <exception cref="FormatException">The column is null, or of a version that this build does not know.</exception>
    public ReadOnlyMemory<byte> Json(string name)
    {
        if (!TryNext(out var column)) throw new FormatException($"the column {name} is null");
        return column.Span is [JsonbVersion, ..] ? column[1..] : throw new FormatException($"the column {name} is not jsonb of version {JsonbVersion}");
    }
}
