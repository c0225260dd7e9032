using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Domain;

/// <summary>A SHA-256 digest, written <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(DigestJsonConverter))]
public readonly record struct Digest
{
    private const string Prefix = "sha256:";
    private readonly string? _text;

    private Digest(string text) => _text = text;

    /// <summary>The 64 hexadecimal digits without the algorithm.</summary>
    public string Hex => ToString()[Prefix.Length..];

    /// <summary>The digest whose 32 bytes are <paramref name="sha256"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="sha256"/> is not 32 bytes long.</exception>
    public static Digest Of(ReadOnlySpan<byte> sha256) => sha256.Length == 32
        ? new Digest(Prefix + Convert.ToHexStringLower(sha256))
        : throw new ArgumentException("a SHA-256 digest has 32 bytes", nameof(sha256));

    /// <summary>Reads <c>sha256:HEX</c>; upper-case digits are accepted and lowered.</summary>
    public static bool TryParse(string? text, out Digest digest)
    {
        digest = default;
        if (text is null || text.Length != Prefix.Length + 64 || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        foreach (var c in text.AsSpan(Prefix.Length))
        {
            if (!char.IsAsciiHexDigit(c)) return false;
        }

        digest = new Digest(text.ToLowerInvariant()); // the same text where there is nothing to lower
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? throw new InvalidOperationException("an undefined digest has no text");
}

/// <summary>Reads and writes a <see cref="Digest"/> as its text.</summary>
public sealed class DigestJsonConverter : JsonConverter<Digest>
{
    /// <inheritdoc/>
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Digest.TryParse(reader.GetString(), out var digest)
            ? digest
            : throw new JsonException("a digest is written sha256: and 64 hexadecimal digits");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
