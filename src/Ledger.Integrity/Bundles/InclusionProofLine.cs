using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ledger.Integrity.Bundles;

/// <summary>A leaf's place, and its inclusion in a checkpoint's tree (RFC 6962 §2.1.1), as a line of JSON: <c>{"hashes":[…],"leafIndex":N}</c>.</summary>
/// <param name="LeafIndex">The leaf's place, from 0.</param>
/// <param name="Hashes">The siblings on the way to the root, the leaf's first.</param>
public sealed record InclusionProofLine(long LeafIndex, IReadOnlyList<Hash> Hashes)
{
    // As deep as a tree of 2^53 − 1 leaves is; a leaf's place is a number that JSON keeps apart from its neighbours.
    private const int MaxHashes = 53;
    private const int MaxLength = 4_096;

    /// <summary>The canonical JSON, without a newline.</summary>
    public override string ToString()
    {
        var line = new StringBuilder("{\"hashes\":[");
        for (var i = 0; i < Hashes.Count; i++) line.Append(i == 0 ? "\"" : ",\"").Append(Hashes[i]).Append('"');
        return line.Append(CultureInfo.InvariantCulture, $"],\"leafIndex\":{LeafIndex}}}").ToString();
    }

    /// <summary>Reads a line that is exactly what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out InclusionProofLine? line)
    {
        line = null;
        if (utf8.Length > MaxLength || !StrictJson.TryParseObject(utf8, MaxLength, out var root, out _)) return false;
        if (!root.TryGetProperty("leafIndex"u8, out var index) || index.ValueKind != JsonValueKind.Number || !index.TryGetInt64(out var leafIndex) || leafIndex < 0) return false;
        if (!root.TryGetProperty("hashes"u8, out var array) || array.ValueKind != JsonValueKind.Array || array.GetArrayLength() > MaxHashes) return false;

        var hashes = new List<Hash>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !Hash.TryParseHex(item.GetString(), out var hash)) return false;
            hashes.Add(hash);
        }

        line = new InclusionProofLine(leafIndex, hashes);
        if (utf8.SequenceEqual(Encoding.ASCII.GetBytes(line.ToString()))) return true;
        line = null;
        return false;
    }
}
