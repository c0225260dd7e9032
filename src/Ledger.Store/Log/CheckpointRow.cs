using Ledger.Integrity;
using Npgsql;

namespace Ledger.Store.Log;

/// <summary>A checkpoint of the log, with what others said of it.</summary>
/// <param name="Size">The size of its tree.</param>
/// <param name="Root">The root of its tree.</param>
/// <param name="Note">The signed note, with the log's own signature alone.</param>
/// <param name="At">When the last event of its tree was appended.</param>
/// <param name="Cosignatures">The signature lines of witnesses, each with the verifier key that checks it.</param>
/// <param name="Timestamp">An RFC 3161 response over SHA-256 of <paramref name="Note"/>; null where there is none.</param>
public sealed record CheckpointRow(
    long Size, Hash Root, string Note, DateTimeOffset At, IReadOnlyList<(string Witness, string Line)> Cosignatures, ReadOnlyMemory<byte>? Timestamp)
{
    internal const string Query =
        """
        select s.size, s.root, s.checkpoint, e.timestamp,
               (select array_agg(c.witness order by c.witness collate "C") from ledger_cosignatures c where c.size = s.size),
               (select array_agg(c.line order by c.witness collate "C") from ledger_cosignatures c where c.size = s.size),
               (select t.token from ledger_timestamps t where t.size = s.size)
        from ledger_seals s join mt_events e on e.seq_id = s.size
        """;

    internal static CheckpointRow Read(NpgsqlDataReader reader, int first)
    {
        var witnesses = reader.IsDBNull(first + 4) ? [] : reader.GetFieldValue<string[]>(first + 4);
        var lines = reader.IsDBNull(first + 5) ? [] : reader.GetFieldValue<string[]>(first + 5);
        return new CheckpointRow(
            reader.GetInt64(first), new Hash(reader.GetFieldValue<byte[]>(first + 1)), reader.GetString(first + 2), new DateTimeOffset(reader.GetDateTime(first + 3)),
            [.. witnesses.Zip(lines)], reader.IsDBNull(first + 6) ? null : reader.GetFieldValue<byte[]>(first + 6));
    }
}
