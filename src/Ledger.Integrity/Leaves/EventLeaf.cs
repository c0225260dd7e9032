using System.Buffers;
using System.Buffers.Text;
using System.Text;

using Ledger.Integrity.Canonical;

namespace Ledger.Integrity.Leaves;

/// <summary>
/// The bytes of one event that the log commits to: the RFC 8785 object with exactly the members <c>actor</c>, <c>data</c>, <c>id</c>,
/// <c>prev</c>, <c>stream</c>, <c>time</c>, <c>type</c>, <c>version</c>. The leaf hash is <see cref="Merkle.MerkleHash.Leaf"/> of them.
/// </summary>
public readonly ref struct EventLeaf
{
    /// <summary>The longest leaf, in bytes: an entry bundle has 16 bits for the length of an entry (C2SP tlog-tiles, "Log entries").</summary>
    public const int MaxLeafBytes = 65_535;

    /// <summary>The largest version: 2^53 − 1, the last integer that every JSON reader keeps apart from its neighbours (RFC 7493 §2.2).</summary>
    public const long MaxVersion = (1L << 53) - 1;

    private const int IdLength = 36;
    private const int TimeLength = 27;
    private const int VersionLengthMax = 20;
    private const int FixedLengthMax = 96 + IdLength + TimeLength + VersionLengthMax + (Hash.Size * 2);

    /// <summary>The event's identity; written in lower case with hyphens.</summary>
    public required Guid Id { get; init; }

    /// <summary>The stream's key, e.g. <c>release/cpt-ajan/v5.7.1</c>.</summary>
    public required string Stream { get; init; }

    /// <summary>The event's place in its stream; 0 to <see cref="MaxVersion"/>.</summary>
    public required long Version { get; init; }

    /// <summary>The event's name, e.g. <c>gate_reported</c>.</summary>
    public required string Type { get; init; }

    /// <summary>When the event was recorded, in whole microseconds; written in UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who acted: canonical JSON, taken as it is.</summary>
    public required ReadOnlySpan<byte> Actor { get; init; }

    /// <summary>What happened: canonical JSON, taken as it is.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>The leaf hash of the stream's previous event; null for its first.</summary>
    public required Hash? Prev { get; init; }

    /// <summary>Writes the canonical leaf.</summary>
    /// <param name="output">Receives the leaf; untouched when the answer is false.</param>
    /// <param name="leafBytes">
    /// The length of the leaf in bytes. When the answer is false, it exceeds <see cref="MaxLeafBytes"/>; it is then at least that
    /// of <see cref="Actor"/> and <see cref="Data"/> together.
    /// </param>
    /// <returns>False when the leaf would be longer than <see cref="MaxLeafBytes"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The time is not in whole microseconds, the version is out of range, or a text holds U+0000 or a lone surrogate.
    /// </exception>
    public bool TryWrite(IBufferWriter<byte> output, out int leafBytes)
    {
        Check();
        leafBytes = (int)Math.Min((long)Actor.Length + Data.Length, int.MaxValue);
        var textBytes = Encoding.UTF8.GetByteCount(Stream) + (long)Encoding.UTF8.GetByteCount(Type);
        if (leafBytes + textBytes > MaxLeafBytes)
        {
            leafBytes = (int)Math.Min(leafBytes + textBytes, int.MaxValue);
            return false;
        }

        // One reservation for the worst case, where every character of both texts is escaped as \u00xx.
        var room = output.GetSpan(FixedLengthMax + leafBytes + JsonString.MaxEscapedLength((int)textBytes) + 2);
        leafBytes = Write(room);
        if (leafBytes > MaxLeafBytes) return false;
        output.Advance(leafBytes);
        return true;
    }

    private int Write(Span<byte> leaf)
    {
        var length = 0;
        Put("{\"actor\":"u8, leaf, ref length);
        Put(Actor, leaf, ref length);
        Put(",\"data\":"u8, leaf, ref length);
        Put(Data, leaf, ref length);
        Put(",\"id\":\""u8, leaf, ref length);
        Id.TryFormat(leaf[length..], out var written, "D");
        length += written;
        Put("\",\"prev\":"u8, leaf, ref length);
        PutPrev(leaf, ref length);
        Put(",\"stream\":"u8, leaf, ref length);
        PutText(Stream, leaf, ref length);
        Put(",\"time\":\""u8, leaf, ref length);
        PutTime(leaf, ref length);
        Put("\",\"type\":"u8, leaf, ref length);
        PutText(Type, leaf, ref length);
        Put(",\"version\":"u8, leaf, ref length);
        Utf8Formatter.TryFormat(Version, leaf[length..], out written);
        length += written;
        leaf[length++] = (byte)'}';
        return length;
    }

    private static void Put(ReadOnlySpan<byte> bytes, Span<byte> leaf, ref int length)
    {
        bytes.CopyTo(leaf[length..]);
        length += bytes.Length;
    }

    private static void PutText(string text, Span<byte> leaf, ref int length)
    {
        var utf8Length = Encoding.UTF8.GetByteCount(text);
        var rented = ArrayPool<byte>.Shared.Rent(utf8Length);
        Encoding.UTF8.GetBytes(text, rented);
        length += JsonString.WriteEscaped(rented.AsSpan(0, utf8Length), leaf[length..]);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private void PutPrev(Span<byte> leaf, ref int length)
    {
        if (Prev is not { } prev)
        {
            Put("null"u8, leaf, ref length);
            return;
        }

        leaf[length++] = (byte)'"';
        prev.WriteHex(leaf[length..]);
        length += Hash.Size * 2;
        leaf[length++] = (byte)'"';
    }

    // yyyy-MM-ddTHH:mm:ss.ffffffZ is .NET's round-trip format, yyyy-MM-ddTHH:mm:ss.fffffffZ, without the digit that Check found to be 0.
    private void PutTime(Span<byte> leaf, ref int length)
    {
        Utf8Formatter.TryFormat(Time.UtcDateTime, leaf[length..], out _, 'O');
        length += TimeLength - 1;
        leaf[length++] = (byte)'Z';
    }

    private void Check()
    {
        if (Time.UtcTicks % TimeSpan.TicksPerMicrosecond != 0) throw new ArgumentException("An event's time is in whole microseconds.", nameof(Time));
        if (Version is < 0 or > MaxVersion) throw new ArgumentException($"A version is 0 to {MaxVersion}, not {Version}.", nameof(Version));
        CheckText(Stream, nameof(Stream));
        CheckText(Type, nameof(Type));
    }

    private static void CheckText(string text, string name)
    {
        if (text.Contains('\0') || Utf16Text.HasLoneSurrogate(text)) throw new ArgumentException("The text holds U+0000 or a lone surrogate.", name);
    }
}
