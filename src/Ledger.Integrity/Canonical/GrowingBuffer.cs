using System.Runtime.CompilerServices;

namespace Ledger.Integrity.Canonical;

/// <summary>A byte buffer that can be cut back and read while it is written.</summary>
internal sealed class GrowingBuffer
{
    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public int Capacity => _bytes.Length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Truncate(int length) => Length = length;

    public void ReplaceLast(byte value) => _bytes[Length - 1] = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        Length += value.Length;
    }

    public void WriteQuoted(ReadOnlySpan<byte> value)
    {
        var room = Reserve(value.Length + 2);
        room[0] = (byte)'"';
        value.CopyTo(room[1..]);
        room[value.Length + 1] = (byte)'"';
        Length += value.Length + 2;
    }

    /// <summary>Room for at least <paramref name="count"/> bytes after what is written; <see cref="Advance"/> takes them.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count) Grow(count);
        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    private void Grow(int count) => Array.Resize(ref _bytes, (int)Math.Max(Math.Min(_bytes.Length * 2L, Array.MaxLength), checked(Length + count)));
}
