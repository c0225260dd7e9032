using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;
using Ledger.Integrity.Leaves;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Verifier.Events;

namespace Ledger.Verifier.Tests.Support;

/// <summary>A log in memory: real leaves, a real tree, a real key. It appends whatever it is given; what may be appended is for others to say.</summary>
internal sealed class TestLog(string origin)
{
    private readonly Dictionary<string, LoggedEvent> _heads = new(StringComparer.Ordinal);
    private readonly List<LoggedEvent> _events = [];

    public string Origin { get; } = origin;

    public NoteSigner Signer { get; } = new(origin, TestKeys.Of("the log's own key"));

    public IReadOnlyList<LoggedEvent> Events => _events;

    public LoggedEvent Append(string stream, LedgerEvent happened, Actor actor, DateTimeOffset at)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json)) EventJson.Write(writer, happened);
        return Append(stream, happened.Type, json.ToArray(), actor, at);
    }

    public LoggedEvent Append(string stream, string type, byte[] data, Actor actor, DateTimeOffset at)
    {
        var head = _heads.GetValueOrDefault(stream);
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, _events.Count + 1);
        var output = new ArrayBufferWriter<byte>();
        var leaf = new EventLeaf
        {
            Id = new Guid(id),
            Stream = stream,
            Version = (head?.Version ?? 0) + 1,
            Type = type,
            Time = at,
            Actor = CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(actor, DomainJson.Default.Actor)),
            Data = CanonicalJson.Canonicalize(data),
            Prev = head?.LeafHash,
        };
        if (!leaf.TryWrite(output, out _)) throw new InvalidOperationException("the leaf is too long");
        if (!LoggedEvent.TryRead(_events.Count + 1, output.WrittenMemory, out var logged, out var error)) throw new InvalidOperationException(error);
        _events.Add(logged);
        return _heads[stream] = logged;
    }

    public IReadOnlyList<LoggedEvent> Stream(string stream) => [.. _events.Where(logged => logged.Stream == stream)];

    /// <summary>The checkpoint of the tree that the first <paramref name="size"/> events are.</summary>
    public byte[] Checkpoint(int size) => new Checkpoint(Origin, size, Root(size)).Sign(Signer).ToBytes();

    public Hash Root(int size) => MerkleHash.Root(Hashes(size));

    public Hash[] Inclusion(long leafIndex, int size) => Path((int)leafIndex, Hashes(size));

    public Hash[] Consistency(int oldSize, int newSize) => oldSize == 0 || oldSize == newSize ? [] : Subproof(oldSize, Hashes(newSize), isWhole: true);

    private Hash[] Hashes(int size) => [.. _events.Take(size).Select(logged => logged.LeafHash)];

    // RFC 6962 §2.1.1 and §2.1.2, word for word.
    private static Hash[] Path(int m, ReadOnlySpan<Hash> d)
    {
        if (d.Length == 1) return [];
        var k = Split(d.Length);
        return m < k ? [.. Path(m, d[..k]), MerkleHash.Root(d[k..])] : [.. Path(m - k, d[k..]), MerkleHash.Root(d[..k])];
    }

    private static Hash[] Subproof(int m, ReadOnlySpan<Hash> d, bool isWhole)
    {
        if (m == d.Length) return isWhole ? [] : [MerkleHash.Root(d)];
        var k = Split(d.Length);
        return m <= k ? [.. Subproof(m, d[..k], isWhole), MerkleHash.Root(d[k..])] : [.. Subproof(m - k, d[k..], isWhole: false), MerkleHash.Root(d[..k])];
    }

    private static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n) k *= 2;
        return k;
    }
}
