using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Domain.Deployments;

/// <summary>A measurement that counts, as the state keeps it.</summary>
/// <param name="At">When it was taken.</param>
/// <param name="Source">Who took it.</param>
/// <param name="Value">Null where the source could not tell.</param>
/// <param name="Version">The stream version of the event that holds it.</param>
[JsonConverter(typeof(PointJsonConverter))]
public readonly record struct Point(DateTimeOffset At, string Source, double? Value, long Version)
{
    /// <summary>Its place among the measurements of its metric: by time, then by source.</summary>
    public int CompareTo(DateTimeOffset at, string source) => At != at ? At.CompareTo(at) : string.CompareOrdinal(Source, source);
}

/// <summary>Writes a point as <c>[microseconds since 1970, source, value or null, version]</c>: a state holds many of them.</summary>
public sealed class PointJsonConverter : JsonConverter<Point>
{
    /// <inheritdoc/>
    public override Point Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("a point is an array");
        reader.Read();
        var at = DateTimeOffset.UnixEpoch.AddMicroseconds(reader.GetInt64());
        reader.Read();
        var source = reader.GetString() ?? throw new JsonException("a point has a source");
        reader.Read();
        double? value = reader.TokenType == JsonTokenType.Null ? null : reader.GetDouble();
        reader.Read();
        var version = reader.GetInt64();
        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray ? new Point(at, source, value, version) : throw new JsonException("a point has four members");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Point value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue((value.At.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);
        writer.WriteStringValue(value.Source);
        if (value.Value is { } number) writer.WriteNumberValue(number);
        else writer.WriteNullValue();
        writer.WriteNumberValue(value.Version);
        writer.WriteEndArray();
    }
}
