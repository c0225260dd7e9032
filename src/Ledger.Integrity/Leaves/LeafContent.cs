using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

using Ledger.Integrity.Canonical;

namespace Ledger.Integrity.Leaves;

/// <summary>What a leaf says, read from the bytes that the log commits to. Immutable and thread-safe.</summary>
/// <param name="Id">The event's identity.</param>
/// <param name="Stream">The stream's key.</param>
/// <param name="Version">The event's place in its stream.</param>
/// <param name="Type">The event's name.</param>
/// <param name="Time">When it was recorded, in whole microseconds, UTC.</param>
/// <param name="Actor">Who acted: canonical JSON.</param>
/// <param name="Data">What happened: canonical JSON.</param>
/// <param name="Prev">The leaf hash of the stream's previous event; null for its first.</param>
public sealed record LeafContent(
    Guid Id, string Stream, long Version, string Type, DateTimeOffset Time, ReadOnlyMemory<byte> Actor, ReadOnlyMemory<byte> Data, Hash? Prev)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>Reads a leaf. Any bytes that are accepted are what <see cref="EventLeaf"/> writes again, byte for byte.</summary>
    /// <param name="leaf">At most <see cref="EventLeaf.MaxLeafBytes"/>; kept without a copy.</param>
    /// <param name="content">What it says; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryParse(ReadOnlyMemory<byte> leaf, [NotNullWhen(true)] out LeafContent? content, [NotNullWhen(false)] out string? error)
    {
        content = null;
        if (leaf.Length > EventLeaf.MaxLeafBytes) error = $"the leaf has more than {EventLeaf.MaxLeafBytes} bytes";
        else if (!CanonicalJson.IsCanonical(leaf.Span)) error = "the leaf is not canonical JSON";
        else error = (content = Read(leaf)) is null ? "the leaf does not hold exactly what an event's leaf holds" : null;
        return error is null;
    }

    // Canonical JSON sorts members, so that they come in one order.
    private static LeafContent? Read(ReadOnlyMemory<byte> leaf)
    {
        var reader = new Utf8JsonReader(leaf.Span, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        return Value(ref reader, "actor"u8, leaf, out var actor) && Value(ref reader, "data"u8, leaf, out var data)
            && Text(ref reader, "id"u8, out var idText) && Guid.TryParseExact(idText, "D", out var id) && id.ToString("D") == idText
            && Link(ref reader, out var prev)
            && Text(ref reader, "stream"u8, out var stream)
            && Text(ref reader, "time"u8, out var timeText) && Moment(timeText, out var time)
            && Text(ref reader, "type"u8, out var type)
            && Member(ref reader, "version"u8) && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var version) && version is >= 0 and <= EventLeaf.MaxVersion
            && reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? new LeafContent(id, stream, version, type, time, actor, data, prev)
            : null;
    }

    private static bool Member(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name) && reader.Read();

    private static bool Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ReadOnlyMemory<byte> leaf, out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (!Member(ref reader, name)) return false;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        value = leaf[start..(int)reader.BytesConsumed];
        return true;
    }

    private static bool Text(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, [NotNullWhen(true)] out string? text)
    {
        text = Member(ref reader, name) && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is not null;
    }

    private static bool Link(ref Utf8JsonReader reader, out Hash? prev)
    {
        prev = null;
        if (!Member(ref reader, "prev"u8)) return false;
        if (reader.TokenType == JsonTokenType.Null) return true;
        if (reader.TokenType != JsonTokenType.String || !Hash.TryParseHex(reader.GetString(), out var hash)) return false;
        prev = hash;
        return true;
    }

    private static bool Moment(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
        && time.ToString(TimeFormat, CultureInfo.InvariantCulture) == text;
}
