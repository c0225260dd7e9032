using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Domain;

/// <summary>Times in the log are UTC with microseconds: <c>2026-01-31T12:00:00.000000Z</c> (RFC 3339).</summary>
public sealed class UtcTimeJsonConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>The one way a time is written.</summary>
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The time as the log writes it; parts of a microsecond are cut.</summary>
    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The time without its parts of a microsecond, in UTC.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    // A time without its offset would be read as the machine's local time: "unspecified" is how the reader tells them apart.
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDateTime(out var unplaced) && unplaced.Kind != DateTimeKind.Unspecified && reader.TryGetDateTimeOffset(out var time)
            ? Truncate(time)
            : throw new JsonException("a time is written as RFC 3339, e.g. 2026-01-31T12:00:00Z");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(ToText(value));
}
