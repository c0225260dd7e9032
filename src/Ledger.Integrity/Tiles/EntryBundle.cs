using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Ledger.Integrity.Tiles;

/// <summary>Entries as C2SP tlog-tiles bundles them ("Log entries"): each after its length in 16 bits, big-endian. Pure and thread-safe.</summary>
public static class EntryBundle
{
    /// <summary>The longest entry, in bytes.</summary>
    public const int MaxEntryBytes = ushort.MaxValue;

    /// <summary>Writes one entry.</summary>
    /// <exception cref="ArgumentException">The entry is longer than <see cref="MaxEntryBytes"/>.</exception>
    public static void Write(ReadOnlySpan<byte> entry, IBufferWriter<byte> output)
    {
        if (entry.Length > MaxEntryBytes) throw new ArgumentException($"An entry has at most {MaxEntryBytes} bytes, not {entry.Length}.", nameof(entry));
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(sizeof(ushort)), (ushort)entry.Length);
        output.Advance(sizeof(ushort));
        output.Write(entry);
    }

    /// <summary>Reads all entries of a bundle, as slices of it.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="width">How many entries the bundle's tile says it has: 1 to 256.</param>
    /// <param name="entries">The entries, in order; null when the answer is false.</param>
    /// <returns>False when the bundle is not exactly <paramref name="width"/> entries.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bundle, int width, [NotNullWhen(true)] out IReadOnlyList<ReadOnlyMemory<byte>>? entries)
    {
        entries = null;
        if (width is < 1 or > TileCoordinate.FullWidth) return false;
        var read = new ReadOnlyMemory<byte>[width];
        for (var i = 0; i < width; i++)
        {
            if (bundle.Length < sizeof(ushort)) return false;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            bundle = bundle[sizeof(ushort)..];
            if (bundle.Length < length) return false;
            read[i] = bundle[..length];
            bundle = bundle[length..];
        }

        if (!bundle.IsEmpty) return false;
        entries = read;
        return true;
    }
}
