using System.Data;
using System.Security.Cryptography;
using Ledger.Integrity;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>Holds <c>ledger_evidence</c> against the events: every piece that an event names is there with its digest, size and media type, and no other.</summary>
internal static class EvidenceAudit
{
    private const int ChunkBytes = 64 * 1024;

    public static async Task CheckAsync(NpgsqlConnection connection, IReadOnlyDictionary<Hash, NamedEvidence> named, ProblemList problems, CancellationToken cancellation)
    {
        var seen = new HashSet<Hash>();
        await using var command = new NpgsqlCommand("select digest, media_type, bytes from ledger_evidence", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        var buffer = new byte[ChunkBytes];
        while (await reader.ReadAsync(cancellation))
        {
            var key = await reader.GetFieldValueAsync<byte[]>(0, cancellation);
            var mediaType = await reader.GetFieldValueAsync<string>(1, cancellation);
            var (digest, size) = await DigestAsync(reader, buffer, cancellation);
            if (!digest.Bytes.SequenceEqual(key)) problems.Add("evidence_differs", $"the evidence stored under sha256:{Convert.ToHexStringLower(key)} has the digest sha256:{digest}");
            else if (!named.TryGetValue(digest, out var evidence)) problems.Add("evidence_unexpected", $"no event names the evidence sha256:{digest}");
            else if (evidence.Size != size) problems.Add("evidence_differs", $"the evidence sha256:{digest} has {size} bytes; its event says {evidence.Size}");
            else if (evidence.MediaType != mediaType) problems.Add("evidence_differs", $"the evidence sha256:{digest} is stored as '{mediaType}'; its event says '{evidence.MediaType}'");
            seen.Add(digest);
        }

        foreach (var digest in named.Keys)
            if (!seen.Contains(digest)) problems.Add("evidence_missing", $"the evidence sha256:{digest} that an event names is missing");
    }

    private static async Task<(Hash Digest, long Size)> DigestAsync(NpgsqlDataReader reader, byte[] buffer, CancellationToken cancellation)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = await reader.GetStreamAsync(2, cancellation);
        var size = 0L;
        for (var read = await stream.ReadAsync(buffer, cancellation); read > 0; read = await stream.ReadAsync(buffer, cancellation))
        {
            sha.AppendData(buffer, 0, read);
            size += read;
        }

        return (new Hash(sha.GetHashAndReset()), size);
    }
}
