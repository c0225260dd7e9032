using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Integrity;
using Ledger.Integrity.Leaves;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;

namespace Ledger.Verifier.Bundles;

/// <summary>The proof that a period's leaves are all that the log holds between two places: <c>range.json</c>.</summary>
internal sealed record PeriodRange(
    [property: JsonPropertyName("first")] long First,
    [property: JsonPropertyName("frontier")] IReadOnlyList<string> Frontier,
    [property: JsonPropertyName("end")] long End,
    [property: JsonPropertyName("consistency")] IReadOnlyList<string> Consistency,
    [property: JsonPropertyName("before")] Neighbour? Before = null,
    [property: JsonPropertyName("after")] Neighbour? After = null)
{
    // As many as a tree of 2^63 leaves could ask for.
    private const int MaxHashes = 128;

    /// <summary>The proof; null where a hash is none.</summary>
    public RangeProof? Proof() => Hashes(Frontier) is { } frontier && Hashes(Consistency) is { } consistency ? new RangeProof(First, frontier, End, consistency) : null;

    /// <summary>The hashes of these texts; null where one is none, or there are too many.</summary>
    internal static Hash[]? Hashes(IReadOnlyList<string> texts)
    {
        if (texts.Count > MaxHashes) return null;
        var hashes = new Hash[texts.Count];
        for (var i = 0; i < hashes.Length; i++)
            if (!Hash.TryParseHex(texts[i], out hashes[i])) return null;
        return hashes;
    }
}

/// <summary>The leaf on one side of a period, with its inclusion in the checkpoint's tree.</summary>
internal sealed record Neighbour(
    [property: JsonPropertyName("leaf")] JsonElement Leaf,
    [property: JsonPropertyName("hashes")] IReadOnlyList<string> Hashes)
{
    /// <summary>When the leaf was appended; null where it is no leaf, or not at that place.</summary>
    public DateTimeOffset? TimeAt(long leafIndex, Checkpoint checkpoint)
    {
        var leaf = JsonMarshal.GetRawUtf8Value(Leaf).ToArray();
        return LeafContent.TryParse(leaf, out var content, out _) && PeriodRange.Hashes(Hashes) is { } hashes
            && InclusionProof.Verify(leafIndex, checkpoint.Size, MerkleHash.Leaf(leaf), hashes, checkpoint.Root).IsValid
            ? content.Time
            : null;
    }
}

/// <summary>A leaf within a period that is of something else: a line of <c>others.ndjson</c>.</summary>
internal sealed record OtherLeaf(
    [property: JsonPropertyName("leafIndex")] long LeafIndex,
    [property: JsonPropertyName("leaf"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Leaf = null,
    [property: JsonPropertyName("stream"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stream = null,
    [property: JsonPropertyName("type"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type = null);
