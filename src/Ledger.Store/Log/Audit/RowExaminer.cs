using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;
using Ledger.Integrity.Leaves;
using Ledger.Integrity.Merkle;

namespace Ledger.Store.Log.Audit;

/// <summary>Recomputes a row's leaf and reads its event: all that can be told of a row by itself. Not thread-safe: one for each worker.</summary>
internal sealed class RowExaminer
{
    private static readonly FrozenDictionary<string, string> DotNetTypes = EventJson.Types.ToFrozenDictionary(type => type, EventJson.DotNetType, StringComparer.Ordinal);

    private readonly ArrayBufferWriter<byte> _data = new(4096);
    private readonly ArrayBufferWriter<byte> _headers = new(256);
    private readonly ArrayBufferWriter<byte> _leaf = new(4096);
    private byte[] _lastActor = [];
    private Actor? _actor;

    /// <summary>Examines rows, on all processors.</summary>
    public static void ExamineAll(IReadOnlyList<AuditedRow> rows)
    {
        const int Chunk = 64;
        Parallel.For(0, (rows.Count + Chunk - 1) / Chunk, () => new RowExaminer(), (chunk, _, examiner) =>
        {
            for (var i = chunk * Chunk; i < Math.Min((chunk + 1) * Chunk, rows.Count); i++) examiner.Examine(rows[i]);
            return examiner;
        }, _ => { });
    }

    /// <summary>Fills in what the row comes to. Whatever cannot be read is a problem of the row.</summary>
    public void Examine(AuditedRow row)
    {
        if (row.Unreadable is { } reason)
        {
            row.Problem = ("event_unreadable", $"the row cannot be read: {reason}");
            return;
        }

        try
        {
            row.Leaf = LeafOf(row, out var actor);
            row.Event = EventJson.Read(row.Type, row.Data);
            row.Actor = ReadActor(actor);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            row.Problem = (row.Leaf is null ? "event_unreadable" : "event_unknown", $"the event cannot be read: {exception.Message}");
        }

        if (row.OddColumn is { } column) row.Problem = ("column_changed", $"the column {column} does not have the one value that the ledger writes");
        else if (row.DotNetType != DotNetTypes.GetValueOrDefault(row.Type)) row.Problem ??= ("column_changed", "the column mt_dotnet_type does not belong to the event's type");
    }

    private Hash LeafOf(AuditedRow row, out ReadOnlySpan<byte> actor)
    {
        Canonicalize(row.Data, _data);
        Canonicalize(row.Headers, _headers);
        actor = ActorOf(_headers.WrittenSpan, row);
        _leaf.ResetWrittenCount();
        var leaf = new EventLeaf
        {
            Id = row.Id,
            Stream = row.Stream,
            Version = row.Version,
            Type = row.Type,
            Time = row.At,
            Actor = actor,
            Data = _data.WrittenSpan,
            Prev = row.Prev,
        };
        return leaf.TryWrite(_leaf, out var length) ? MerkleHash.Leaf(_leaf.WrittenSpan) : throw new FormatException($"the leaf would have {length} bytes");
    }

    // Neighbours in the log mostly have the same actor.
    private Actor ReadActor(ReadOnlySpan<byte> json)
    {
        if (_actor is not null && json.SequenceEqual(_lastActor)) return _actor;
        _actor = JsonSerializer.Deserialize(json, DomainJson.Default.Actor) ?? throw new JsonException("the actor is null");
        _lastActor = json.ToArray();
        return _actor;
    }

    private static void Canonicalize(byte[] json, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        if (!CanonicalJson.TryCanonicalize(json, output, out var error)) throw new FormatException(error);
    }

    // Canonical headers are {"actor":A,"prev":P} and nothing else. Were A more than one value, the leaf would not be the sealed one.
    private static ReadOnlySpan<byte> ActorOf(ReadOnlySpan<byte> headers, AuditedRow row)
    {
        var start = "{\"actor\":"u8;
        var noPrev = ",\"prev\":null}"u8;
        var prev = ",\"prev\":\""u8;
        var prevLength = prev.Length + (2 * Hash.Size) + 2;
        if (headers.StartsWith(start))
        {
            if (headers.EndsWith(noPrev)) return headers[start.Length..^noPrev.Length];
            if (headers.Length > start.Length + prevLength && headers[^prevLength..] is var tail && tail.StartsWith(prev) && tail.EndsWith("\"}"u8)
                && Hash.TryParseHex(Encoding.ASCII.GetString(tail.Slice(prev.Length, 2 * Hash.Size)), out var hash))
            {
                row.Prev = hash;
                return headers[start.Length..^prevLength];
            }
        }

        throw new FormatException("the headers are not an actor and the previous leaf hash");
    }
}
