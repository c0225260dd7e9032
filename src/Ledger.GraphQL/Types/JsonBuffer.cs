using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Ledger.GraphQL.Types;

/// <summary>
/// A growing buffer of UTF-8 JSON. It checks no grammar: whoever writes sees to commas and brackets. What sets it apart from
/// <see cref="System.Text.Json.Utf8JsonWriter"/> is <see cref="Truncate"/>: an error takes back what was written of the object it nulls.
/// Not thread-safe.
/// </summary>
/// <param name="capacity">Bytes to begin with.</param>
public sealed class JsonBuffer(int capacity = 4096) : IDisposable
{
    private const int NumberMax = 32;
    private const int BytesPerCharMax = 3;
    private const int BytesPerEscape = 6;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Takes back everything after a length that <see cref="Length"/> had.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length, nameof(length));
        Length = length;
    }

    /// <summary>Writes bytes as they are.</summary>
    public void WriteRaw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Reserve(json.Length));
        Length += json.Length;
    }

    /// <summary>Writes one byte as it is.</summary>
    public void WriteRaw(byte json)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = json;
    }

    /// <summary>Writes <c>null</c>.</summary>
    public void WriteNull() => WriteRaw("null"u8);

    /// <summary>Writes a boolean.</summary>
    public void WriteBoolean(bool value) => WriteRaw(value ? "true"u8 : "false"u8);

    /// <summary>Writes an integer.</summary>
    public void WriteInteger(long value)
    {
        value.TryFormat(Reserve(NumberMax), out var written, provider: CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Writes the shortest number that reads back as the value.</summary>
    /// <exception cref="ArgumentException">It is not finite: JSON has no such number.</exception>
    public void WriteDouble(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentException("JSON has no number that is not finite.", nameof(value));
        value.TryFormat(Reserve(NumberMax), out var written, "R", CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Writes a string with quotes and escapes. A lone surrogate becomes U+FFFD.</summary>
    public void WriteString(ReadOnlySpan<char> value)
    {
        var target = Reserve((value.Length * BytesPerCharMax) + 2);
        target[0] = (byte)'"';
        Utf8.FromUtf16(value, target[1..], out _, out var length, replaceInvalidSequences: true);
        if (target.Slice(1, length).ContainsAny(Escaped))
        {
            WriteEscaped(target.Slice(1, length).ToArray());
            return;
        }

        target[length + 1] = (byte)'"';
        Length += length + 2;
    }

    /// <summary>Writes a string with quotes and escapes.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        if (utf8.ContainsAny(Escaped))
        {
            WriteEscaped(utf8);
            return;
        }

        WriteRaw((byte)'"');
        WriteRaw(utf8);
        WriteRaw((byte)'"');
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    // RFC 8259 §7: quotes, backslashes and what is below the space.
    private void WriteEscaped(ReadOnlySpan<byte> utf8)
    {
        WriteRaw((byte)'"');
        while (utf8.IndexOfAny(Escaped) is var plain and >= 0)
        {
            WriteRaw(utf8[..plain]);
            WriteEscape(utf8[plain]);
            utf8 = utf8[(plain + 1)..];
        }

        WriteRaw(utf8);
        WriteRaw((byte)'"');
    }

    private void WriteEscape(byte c)
    {
        switch (c)
        {
            case (byte)'"': WriteRaw("\\\""u8); break;
            case (byte)'\\': WriteRaw("\\\\"u8); break;
            case (byte)'\n': WriteRaw("\\n"u8); break;
            case (byte)'\r': WriteRaw("\\r"u8); break;
            case (byte)'\t': WriteRaw("\\t"u8); break;
            case (byte)'\b': WriteRaw("\\b"u8); break;
            case (byte)'\f': WriteRaw("\\f"u8); break;
            default:
                Length += Encoding.ASCII.GetBytes($"\\u{(int)c:x4}", Reserve(BytesPerEscape));
                break;
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count) Grow(count);
        return _bytes.AsSpan(Length);
    }

    private void Grow(int count)
    {
        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + count));
        _bytes.AsSpan(0, Length).CopyTo(grown);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = grown;
    }
}
