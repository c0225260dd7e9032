using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ledger.Integrity.Canonical;

namespace Ledger.Exports.Bundles;

/// <summary>JSON as bundles hold it: canonical (RFC 8785), so that what is made again from the same values is the same file.</summary>
internal static class CanonicalFile
{
    public static byte[] Of<T>(T value, JsonTypeInfo<T> type) => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static byte[] Of(JsonElement element) => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(element));
}
