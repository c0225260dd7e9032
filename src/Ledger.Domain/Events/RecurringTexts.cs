using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Ledger.Domain.Events;

/// <summary>
/// The texts that events repeat (gates, tools, metrics, thresholds), one string for many: a log that is read from end to end would else be mostly
/// copies of them. Bounded, and thread-safe: two threads may put different strings of one text into a place, and either is right.
/// </summary>
internal static class RecurringTexts
{
    private const int Places = 512;
    private const int BytesMax = 64;

    private static readonly string?[] Kept = new string?[Places];

    /// <summary>The string that the reader stands on.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        var utf8 = reader.ValueSpan;
        if (reader.ValueIsEscaped || utf8.Length is 0 or > BytesMax) return reader.GetString();
        ref var kept = ref Kept[PlaceOf(utf8)];
        return kept is { } text && Ascii.Equals(utf8, text) ? text : kept = reader.GetString();
    }

    // Of its length, its beginning and its end: what recurs differs in one of them.
    private static int PlaceOf(ReadOnlySpan<byte> utf8)
    {
        var mixed = (uint)utf8.Length;
        if (utf8.Length < sizeof(uint)) foreach (var value in utf8) mixed = (mixed * 31) + value;
        else mixed = (((mixed * 31) + BinaryPrimitives.ReadUInt32LittleEndian(utf8)) * 31) + BinaryPrimitives.ReadUInt32LittleEndian(utf8[^sizeof(uint)..]);
        return (int)((mixed * 2_654_435_761u) >> 23);
    }
}
