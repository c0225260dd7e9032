using System.Globalization;
using System.Text;
using System.Text.Json;
using Ledger.Integrity;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Tests.Support;

/// <summary>A small log with a key that anybody may know, so that its proofs are the same in every run.</summary>
internal sealed class TestLog
{
    public const string Origin = "ledger.test/log";
    private const string PrivateKey = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----";

    private readonly Hash[] _hashes;
    private readonly SigningKey _key = SigningKey.ImportPkcs8Pem(PrivateKey);

    /// <param name="size">How many events there are.</param>
    /// <param name="fork">Where the log begins to differ from the one without a fork; null for that one.</param>
    public TestLog(int size, int? fork = null)
    {
        Leaves = [.. Enumerable.Range(0, size).Select(index => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"actor":{"id":"{{(index >= fork ? "eve" : "ci")}}","role":"ci"},"data":{"gate":"load"},"id":"00000000-0000-0000-0000-{{index:d12}}","prev":null,"stream":"release/shop/v1.0.0","time":"2026-01-31T12:00:00.000000Z","type":"gate_reported","version":{{index + 1}}}"""))];
        _hashes = [.. Leaves.Select(leaf => MerkleHash.Leaf(Encoding.UTF8.GetBytes(leaf)))];
    }

    public IReadOnlyList<string> Leaves { get; }

    /// <summary>Another name than <see cref="Origin"/>, where that matters.</summary>
    public string Named { get; init; } = Origin;

    public VerifierKey Key => new(Named, _key.PublicKey);

    public Note SignedCheckpoint(string? origin = null) => new Checkpoint(origin ?? Named, _hashes.Length, MerkleHash.Root(_hashes)).Sign(new NoteSigner(Named, _key));

    public string LoggedEvent(int index, string? leaf = null, string? leafHash = null) => JsonSerializer.Serialize(new
    {
        sequence = index + 1, leafIndex = index, leaf = leaf ?? Leaves[index], leafHash = leafHash ?? _hashes[index].ToString(),
        stream = "release/shop/v1.0.0", version = index + 1, type = "gate_reported", at = "2026-01-31T12:00:00.000000Z",
    });

    public string Inclusion(int index, Note? checkpoint = null, string? proof = null) => JsonSerializer.Serialize(new
    {
        sequence = index + 1, leafIndex = index, leafHash = _hashes[index].ToString(), treeSize = _hashes.Length, hashes = Array.Empty<string>(),
        checkpoint = "", proof = proof ?? new TlogProof(index, Path(index, _hashes), checkpoint ?? SignedCheckpoint()).ToString(),
    });

    public string Log() => JsonSerializer.Serialize(new { origin = Named, verifierKey = Key.ToString(), size = _hashes.Length, root = "", checkpoint = SignedCheckpoint().ToString() });

    /// <summary>That the tree of <paramref name="from"/> leaves is the beginning of this one; null where there is none of that size.</summary>
    public string? Consistency(int from, int? to = null) => from > _hashes.Length ? null : JsonSerializer.Serialize(new
    {
        from, to = to ?? _hashes.Length, hashes = Proof(from, _hashes.AsSpan(0, to ?? _hashes.Length), whole: true).Select(hash => hash.ToString()), fromRoot = "", toRoot = "",
        checkpoint = SignedCheckpoint().ToString(),
    });

    public IReadOnlyList<Hash> ConsistencyProof(int from) => Proof(from, _hashes, whole: true);

    // SUBPROOF(m, D[n], b) of RFC 6962 §2.1.2.
    private static List<Hash> Proof(int size, ReadOnlySpan<Hash> hashes, bool whole)
    {
        if (size == hashes.Length) return whole ? [] : [MerkleHash.Root(hashes)];
        var split = 1;
        while (split * 2 < hashes.Length) split *= 2;
        return size <= split
            ? [.. Proof(size, hashes[..split], whole), MerkleHash.Root(hashes[split..])]
            : [.. Proof(size - split, hashes[split..], whole: false), MerkleHash.Root(hashes[..split])];
    }

    // PATH(m, D[n]) of RFC 6962 §2.1.1.
    private static List<Hash> Path(int index, ReadOnlySpan<Hash> hashes)
    {
        if (hashes.Length == 1) return [];
        var split = 1;
        while (split * 2 < hashes.Length) split *= 2;
        return index < split
            ? [.. Path(index, hashes[..split]), MerkleHash.Root(hashes[split..])]
            : [.. Path(index - split, hashes[split..]), MerkleHash.Root(hashes[..split])];
    }
}
