using System.Collections.Frozen;
using System.Reflection;
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
    private static readonly (TEnum Value, string Name)[] Known = [.. Enum.GetValues<TEnum>().Select(value => (value, NameOf(value.ToString())))];

    private static readonly FrozenDictionary<string, TEnum> Values = Known.ToFrozenDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);

    private static readonly FrozenDictionary<TEnum, JsonEncodedText> Names = Known.ToFrozenDictionary(entry => entry.Value, entry => JsonEncodedText.Encode(entry.Name));

    /// <inheritdoc/>
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value)
            ? value
            : throw new JsonException($"one of these is expected: {string.Join(", ", Known.Select(entry => entry.Name))}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(Names[value]);

    private static string NameOf(string member) =>
        typeof(TEnum).GetField(member)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? throw new InvalidOperationException($"{typeof(TEnum)}.{member} has no name in JSON");
}
