using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Ledger.Domain;
using Ledger.GraphQL.Types;
using Ledger.Integrity;

namespace Ledger.Server.GraphQL.Values;

/// <summary>The scalars of the ledger's schema.</summary>
internal static class LedgerScalars
{
    public static ScalarType<DateTimeOffset> DateTime { get; } = new DateTimeScalar();

    public static ScalarType<long> Long { get; } = new LongScalar();

    public static ScalarType<Digest> Digest { get; } = new DigestScalar();

    public static ScalarType<Hash> LeafHash { get; } = new HashScalar();

    public static ScalarType<ReadOnlyMemory<byte>> Base64 { get; } = new Base64Scalar();

    public static ScalarType<Guid> Uuid { get; } = new UuidScalar();

    public static ScalarType<JsonElement> Json { get; } = new JsonScalar();

    private sealed class DateTimeScalar : ScalarType<DateTimeOffset>
    {
        public DateTimeScalar() : base("DateTime")
        {
            Description = "A time in RFC 3339, in UTC, to the microsecond, such as `2026-01-31T12:00:00.000000Z`. As an input it needs its offset.";
            SpecifiedBy = "https://scalars.graphql.org/andimarek/date-time.html";
        }

        public override void Write(DateTimeOffset value, JsonBuffer output) => output.WriteString(UtcTimeJsonConverter.ToText(value));

        public override bool TryParse(in LeafInput input, out DateTimeOffset value, [NotNullWhen(false)] out string? problem)
        {
            value = default;
            const DateTimeStyles Utc = DateTimeStyles.AdjustToUniversal;
            var isTime = input.Kind == LeafInputKind.String && input.Text.Contains('T', StringComparison.OrdinalIgnoreCase) && HasOffset(input.Text)
                && DateTimeOffset.TryParse(input.Text, CultureInfo.InvariantCulture, Utc, out value);
            value = UtcTimeJsonConverter.Truncate(value);
            problem = isTime ? null : $"DateTime cannot represent value: {input}. Write 2026-01-31T12:00:00Z.";
            return isTime;
        }

        // A time without its offset is a different time for everybody.
        private static bool HasOffset(string text) => text[^1] is 'Z' or 'z' || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
    }

    private sealed class LongScalar : ScalarType<long>
    {
        public LongScalar() : base("Long")
        {
            Description = "A whole number of 64 bits. It is a number in JSON; what is counted here stays far below 2^53.";
            SpecifiedBy = "https://scalars.graphql.org/jakobmerrild/long.html";
        }

        public override void Write(long value, JsonBuffer output) => output.WriteInteger(value);

        public override bool TryParse(in LeafInput input, out long value, [NotNullWhen(false)] out string? problem)
        {
            value = 0;
            var isLong = input.Kind == LeafInputKind.Int && long.TryParse(input.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
            problem = isLong ? null : $"Long cannot represent value: {input}";
            return isLong;
        }
    }

    private sealed class DigestScalar : ScalarType<Digest>
    {
        public DigestScalar() : base("Digest")
        {
            Description = "A SHA-256 digest: `sha256:` and 64 lower-case hexadecimal digits.";
            SpecifiedBy = "https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#digests";
        }

        public override void Write(Digest value, JsonBuffer output) => output.WriteString(value.ToString());

        public override bool TryParse(in LeafInput input, out Digest value, [NotNullWhen(false)] out string? problem)
        {
            value = default;
            var isDigest = input.Kind == LeafInputKind.String && Domain.Digest.TryParse(input.Text, out value);
            problem = isDigest ? null : $"Digest cannot represent value: {input}. Write sha256: and 64 hexadecimal digits.";
            return isDigest;
        }
    }

    private sealed class HashScalar : ScalarType<Hash>
    {
        public HashScalar() : base("Hash")
        {
            Description = "A hash of the log's Merkle tree (RFC 6962, section 2.1): 64 lower-case hexadecimal digits.";
            SpecifiedBy = "https://www.rfc-editor.org/rfc/rfc6962#section-2.1";
        }

        public override void Write(Hash value, JsonBuffer output) => output.WriteString(value.ToString());

        public override bool TryParse(in LeafInput input, out Hash value, [NotNullWhen(false)] out string? problem)
        {
            value = default;
            var isHash = input.Kind == LeafInputKind.String && Hash.TryParseHex(input.Text, out value);
            problem = isHash ? null : $"Hash cannot represent value: {input}. Write 64 hexadecimal digits.";
            return isHash;
        }
    }

    private sealed class Base64Scalar : ScalarType<ReadOnlyMemory<byte>>
    {
        public Base64Scalar() : base("Base64")
        {
            Description = "Bytes in standard Base64.";
            SpecifiedBy = "https://www.rfc-editor.org/rfc/rfc4648#section-4";
        }

        public override void Write(ReadOnlyMemory<byte> value, JsonBuffer output) => output.WriteString(Convert.ToBase64String(value.Span));

        public override bool TryParse(in LeafInput input, out ReadOnlyMemory<byte> value, [NotNullWhen(false)] out string? problem)
        {
            value = default;
            problem = null;
            try
            {
                if (input.Kind == LeafInputKind.String) value = Convert.FromBase64String(input.Text);
                else problem = $"Base64 cannot represent value: {input}";
            }
            catch (FormatException)
            {
                problem = "Base64 cannot represent what is not standard Base64.";
            }

            return problem is null;
        }
    }

    private sealed class UuidScalar : ScalarType<Guid>
    {
        public UuidScalar() : base("UUID")
        {
            Description = "An identifier of 128 bits, in lower-case hexadecimal digits with hyphens.";
            SpecifiedBy = "https://www.rfc-editor.org/rfc/rfc9562";
        }

        public override void Write(Guid value, JsonBuffer output) => output.WriteString(value.ToString("D"));

        public override bool TryParse(in LeafInput input, out Guid value, [NotNullWhen(false)] out string? problem)
        {
            value = default;
            var isUuid = input.Kind == LeafInputKind.String && Guid.TryParseExact(input.Text, "D", out value);
            problem = isUuid ? null : $"UUID cannot represent value: {input}";
            return isUuid;
        }
    }

    private sealed class JsonScalar : ScalarType<JsonElement>
    {
        public JsonScalar() : base("JSON")
        {
            Description = "A JSON value as it is in the log: an object, a list, a text, a number, a boolean or null. Canonical (RFC 8785) where that is said.";
            SpecifiedBy = "https://www.rfc-editor.org/rfc/rfc8259";
        }

        // What is written has been JSON since it was appended; it goes out as the same bytes.
        public override void Write(JsonElement value, JsonBuffer output) => output.WriteRaw(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value));

        public override bool TryParse(in LeafInput input, out JsonElement value, [NotNullWhen(false)] out string? problem)
        {
            value = default;
            problem = "JSON is not taken as an input.";
            return false;
        }
    }
}
