using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Domain;

/// <summary>
/// Writes a value of an enumeration as the name its <see cref="JsonStringEnumMemberNameAttribute"/> gives it, and reads that name and nothing else.
/// The platform's own converter also reads numbers, blanks around the name, and lists of names: in something signed or sealed, one meaning has
/// one spelling.
/// </summary>
public sealed class EnumNameJsonConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    private static readonly EnumNames Names = EnumNames.Of(typeof(TEnum));

    /// <inheritdoc/>
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Names.TryFind(reader.GetString(), out var value)
            ? Unsafe.BitCast<int, TEnum>(value)
            : throw new JsonException($"one of these is expected: {string.Join(", ", Names.All)}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(Names.Encoded(Unsafe.BitCast<TEnum, int>(value)));
}
