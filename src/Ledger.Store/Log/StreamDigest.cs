using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ledger.Integrity;

namespace Ledger.Store.Log;

/// <summary>
/// A digest of a stream's rows, made by PostgreSQL where they lie, or of rows that came over: the same of the same rows, and another one where anything of a row
/// changed that a leaf is made from. It spares work, and proves nothing to anybody else.
/// </summary>
public static class StreamDigest
{
    // A sequence, an id, a version and a time are of fixed length, and neither a name nor JSON holds a zero byte: no two rows are told by the same bytes.
    private const string Row =
        @"sha256(int8send(r.seq_id) || uuid_send(r.id) || int8send(r.version) || timestamptz_send(r.timestamp) || textsend(r.type) || '\x00' || jsonb_send(r.data) || '\x00' || jsonb_send(r.headers))";

    private const int FixedLength = 8 + 16 + 8 + 8;

    // What jsonb_send puts before the text.
    private const byte JsonbVersion = 1;

    // The zero of timestamptz_send, whose numbers are microseconds.
    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>The digest of rows called <c>r</c>, in the columns of <see cref="EventReader"/>, as an aggregate.</summary>
    internal const string Sql = $"sha256(string_agg({Row}, ''::bytea order by r.seq_id))";

    /// <summary>The digest of rows.</summary>
    /// <param name="rows">Of one stream, in the order of the log.</param>
    public static Hash Of(IEnumerable<StoredEvent> rows)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var row = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[FixedLength];
        Span<byte> digest = stackalloc byte[Hash.Size];
        foreach (var stored in rows)
        {
            BinaryPrimitives.WriteInt64BigEndian(head, stored.Sequence);
            stored.Id.TryWriteBytes(head[8..], bigEndian: true, out _);
            BinaryPrimitives.WriteInt64BigEndian(head[24..], stored.Version);
            BinaryPrimitives.WriteInt64BigEndian(head[32..], (stored.At.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond);
            row.AppendData(head);
            row.AppendData(Encoding.UTF8.GetBytes(stored.Type));
            row.AppendData([0, JsonbVersion]);
            row.AppendData(stored.Data.Span);
            row.AppendData([0, JsonbVersion]);
            row.AppendData(stored.Headers.Span);
            row.GetHashAndReset(digest);
            all.AppendData(digest);
        }

        return new Hash(all.GetHashAndReset());
    }
}
