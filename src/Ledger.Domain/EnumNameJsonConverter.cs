using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Domain;

/// <summary>
/// Writes a value of an enumeration as the name its <see cref="JsonStringEnumMemberNameAttribute"/> gives it, and reads that name and nothing else.
/// <see cref="JsonStringEnumConverter{TEnum}"/> also reads numbers, blanks around the name, and lists of names: in what somebody signs, one
/// meaning has one spelling.
/// </summary>
public sealed class EnumNameJsonConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    // A handful of values: an array is searched as fast as a dictionary, and a tool that lives for a moment has none to build and compile for each enumeration.
    private static readonly TEnum[] Values = Enum.GetValues<TEnum>();
    private static readonly string[] Names = Array.ConvertAll(Values, NameOf);

    /// <inheritdoc/>
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            for (var i = 0; i < Names.Length; i++)
                if (reader.ValueTextEquals(Names[i])) return Values[i];
        }

        throw new JsonException($"one of these is expected: {string.Join(", ", Names)}");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(Names[Array.IndexOf(Values, value)]);

    private static string NameOf(TEnum value) =>
        typeof(TEnum).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? throw new InvalidOperationException($"{typeof(TEnum)}.{value} has no name in JSON");
}
