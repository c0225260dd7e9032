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

/// <summary>Recomputes a row's leaf from its columns: all that can be told of a row before its place in the log is known. Not thread-safe.</summary>
internal sealed class RowExaminer
{
    /// <summary>What is read of a row. Columns that have one value in every row are compared where they are.</summary>
    public const string Columns =
        """
        seq_id, id, stream_id, version, type, timestamp, data, headers, mt_dotnet_type,
        case when bdata is not null then 'bdata'
             when tenant_id is distinct from '*DEFAULT*' then 'tenant_id'
             when correlation_id is not null then 'correlation_id'
             when causation_id is not null then 'causation_id'
             when is_archived is distinct from false then 'is_archived' end
        """;

    public const int ColumnCount = 10;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly FrozenDictionary<string, string> DotNetTypes = EventJson.Types.ToFrozenDictionary(type => type, EventJson.DotNetType, StringComparer.Ordinal);

    private readonly ArrayBufferWriter<byte> _data = new(4096);
    private readonly ArrayBufferWriter<byte> _headers = new(256);
    private readonly ArrayBufferWriter<byte> _leaf = new(4096);
    private readonly Utf8Cache<string> _texts = new(Utf8.GetString);
    private readonly Utf8Cache<Actor> _actors = new(json => JsonSerializer.Deserialize(json, DomainJson.Default.Actor) ?? throw new JsonException("the actor is null"));

    /// <summary>Fills in what the row comes to. Whatever cannot be read is a problem of the row.</summary>
    public void Examine(AuditedRow row)
    {
        try
        {
            ExamineColumns(row);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            row.Problem ??= (row.Leaf is null ? "event_unreadable" : "event_unknown", $"the event cannot be read: {exception.Message}");
        }

        if (row.DotNetType != DotNetTypes.GetValueOrDefault(row.Type)) row.Problem ??= ("column_changed", "the column mt_dotnet_type does not belong to the event's type");
    }

    private void ExamineColumns(AuditedRow row)
    {
        var columns = new RowColumns(row.Columns);
        var id = new Guid(columns.Bytes("id"), bigEndian: true);
        row.Stream = _texts.Get(columns.Bytes("stream_id"));
        row.Version = columns.Int64("version");
        row.Type = _texts.Get(columns.Bytes("type"));
        row.Microseconds = columns.Int64("timestamp");
        row.Data = columns.Json("data");
        var headers = columns.Json("headers");
        row.DotNetType = columns.TryNext(out var text) ? _texts.Get(text.Span) : null;
        if (columns.TryNext(out var odd)) row.Problem = ("column_changed", $"the column {Utf8.GetString(odd.Span)} does not have the one value that the ledger writes");
        row.Leaf = LeafOf(row, id, headers.Span, out var actor);
        row.Actor = _actors.Get(actor);
    }

    private Hash LeafOf(AuditedRow row, Guid id, ReadOnlySpan<byte> headers, out ReadOnlySpan<byte> actor)
    {
        Canonicalize(row.Data.Span, _data);
        Canonicalize(headers, _headers);
        actor = ActorOf(_headers.WrittenSpan, row);
        _leaf.ResetWrittenCount();
        var leaf = new EventLeaf
        {
            Id = id,
            Stream = row.Stream!,
            Version = row.Version,
            Type = row.Type,
            Time = row.At,
            Actor = actor,
            Data = _data.WrittenSpan,
            Prev = row.Prev,
        };
        return leaf.TryWrite(_leaf, out var length) ? MerkleHash.Leaf(_leaf.WrittenSpan) : throw new FormatException($"the leaf would have {length} bytes");
    }

    private static void Canonicalize(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> output)
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
                && TryReadHash(tail.Slice(prev.Length, 2 * Hash.Size), out var hash))
            {
                row.Prev = hash;
                return headers[start.Length..^prevLength];
            }
        }

        throw new FormatException("the headers are not an actor and the previous leaf hash");
    }

    private static bool TryReadHash(ReadOnlySpan<byte> digits, out Hash hash)
    {
        Span<char> text = stackalloc char[2 * Hash.Size];
        hash = default;
        return Ascii.ToUtf16(digits, text, out _) == OperationStatus.Done && Hash.TryParseHex(text, out hash);
    }
}
