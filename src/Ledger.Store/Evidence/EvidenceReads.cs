using Ledger.Integrity;
using Ledger.Store.Append;
using Npgsql;

namespace Ledger.Store;

/// <summary>Reads the bytes that events rest on. Thread-safe.</summary>
/// <param name="database">Connections that may read.</param>
public sealed class EvidenceReads(NpgsqlDataSource database)
{
    /// <summary>The bytes with this SHA-256, or null where none are stored.</summary>
    /// <exception cref="InvalidDataException">The stored bytes have another digest: they were changed, and are not served.</exception>
    public async Task<EvidenceBytes?> FindAsync(Hash digest, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select media_type, bytes from ledger_evidence where digest = $1");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = digest.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;

        var bytes = reader.GetFieldValue<byte[]>(1);
        return Hash.Sha256(bytes) == digest
            ? new EvidenceBytes(digest, reader.GetString(0), bytes)
            : throw new InvalidDataException($"the evidence stored under sha256:{digest} has another digest");
    }
}
