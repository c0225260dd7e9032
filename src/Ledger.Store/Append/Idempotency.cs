using Ledger.Domain;
using Ledger.Integrity;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Append;

/// <summary>Finds the first answer to a key.</summary>
internal static class Idempotency
{
    public static Refusal KeyReused { get; } = new(
        "idempotency_key_reused", "this idempotency key was used for a request with other content", "use a new key for a new request");

    /// <summary>What is known of the keys: those that are missing in the answer were never used.</summary>
    public static async Task<Dictionary<Hash, (Hash Request, AppendResult.Appended Answer)>> FindAsync(
        NpgsqlDataSource database, IReadOnlyCollection<Hash> keys, CancellationToken cancellation)
    {
        var found = new Dictionary<Hash, (Hash, AppendResult.Appended)>();
        await using var command = database.CreateCommand(
            """
            select k.key, k.request, k.sequence, k.count, s.size, s.checkpoint, substr(s.leaves, octet_length(s.leaves) - 32 * (s.size - k.sequence - k.count + 2)::int + 1, 32)
            from ledger_idempotency k
            cross join lateral (select size, leaves, checkpoint from ledger_seals where size >= k.sequence order by size limit 1) s
            where k.key = any($1)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(key => key.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var (sequence, count) = (reader.GetInt64(2), reader.GetInt32(3));
            var receipt = new Receipt(sequence + count - 1, new Hash(reader.GetFieldValue<byte[]>(6)), reader.GetInt64(4), reader.GetString(5));
            found.Add(new Hash(reader.GetFieldValue<byte[]>(0)), (new Hash(reader.GetFieldValue<byte[]>(1)), new AppendResult.Appended(sequence, count, receipt, Replayed: true)));
        }

        return found;
    }
}
