using System.Buffers;
using System.Text.Json;
using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;
using Ledger.Integrity.Leaves;
using Ledger.Integrity.Merkle;
using Ledger.Store.Append;

namespace Ledger.Store.Log;

/// <summary>A row of <c>mt_events</c> as it was read back: the leaf can be recomputed from it alone.</summary>
/// <param name="Sequence">From 1.</param>
/// <param name="Id">The event's identity.</param>
/// <param name="Stream">The stream's key.</param>
/// <param name="Version">From 1.</param>
/// <param name="Type">The event's name.</param>
/// <param name="At">When it was appended.</param>
/// <param name="Data">Its data, as PostgreSQL writes <c>jsonb</c>.</param>
/// <param name="Headers">Actor and previous leaf hash, likewise.</param>
public sealed record StoredEvent(
    long Sequence, Guid Id, string Stream, long Version, string Type, DateTimeOffset At, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Headers)
{
    /// <summary>The canonical leaf: the bytes that the log commits to.</summary>
    /// <exception cref="FormatException">The row does not hold what a leaf needs: it was not written by the ledger, or changed since.</exception>
    public byte[] Leaf()
    {
        using var headers = ParseHeaders();
        Hash? prev = null;
        if (headers.RootElement.GetProperty("prev") is { ValueKind: not JsonValueKind.Null } text)
            prev = Hash.TryParseHex(text.GetString(), out var hash) ? hash : throw new FormatException("the previous leaf hash is not 64 hexadecimal digits");

        var output = new ArrayBufferWriter<byte>(Data.Length + 512);
        var leaf = new EventLeaf
        {
            Id = Id,
            Stream = Stream,
            Version = Version,
            Type = Type,
            Time = At,
            Actor = CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(headers.RootElement.GetProperty("actor"))),
            Data = CanonicalJson.Canonicalize(Data.Span),
            Prev = prev,
        };
        return leaf.TryWrite(output, out var length)
            ? output.WrittenSpan.ToArray()
            : throw new FormatException($"the leaf has {length} bytes, more than {EventLeaf.MaxLeafBytes}");
    }

    /// <summary>The RFC 6962 hash of <see cref="Leaf"/>.</summary>
    /// <exception cref="FormatException">As there.</exception>
    public Hash LeafHash() => MerkleHash.Leaf(Leaf());

    /// <summary>The event with its place, for folding.</summary>
    /// <exception cref="JsonException">The data is not of an event this build knows.</exception>
    public Recorded<TEvent> Recorded<TEvent>()
        where TEvent : LedgerEvent =>
        new(Sequence, Version, At, Actor(), (TEvent)EventJson.Read(Type, Data.Span));

    /// <summary>Who did it.</summary>
    /// <exception cref="FormatException">The headers name nobody.</exception>
    public Actor Actor()
    {
        using var headers = ParseHeaders();
        return EventHeaders.ReadActor(headers.RootElement);
    }

    private JsonDocument ParseHeaders()
    {
        var parsed = JsonDocument.Parse(Headers);
        if (parsed.RootElement.ValueKind == JsonValueKind.Object
            && parsed.RootElement.TryGetProperty("actor", out _)
            && parsed.RootElement.TryGetProperty("prev", out _))
        {
            return parsed;
        }

        parsed.Dispose();
        throw new FormatException("the headers hold no actor and previous leaf hash");
    }
}
