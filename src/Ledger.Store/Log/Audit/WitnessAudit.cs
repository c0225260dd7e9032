using System.Text;
using Ledger.Integrity;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Timestamps;
using Ledger.Store.Log.Witnesses;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// Verifies what others said of the checkpoints: each cosignature by its witness's key, each timestamp under the pinned roots, both over the
/// checkpoint as it was sealed. What nobody is trusted for cannot be verified, and is a problem too.
/// </summary>
internal static class WitnessAudit
{
    private const string Cosigned = "select c.size, c.witness, c.line, s.checkpoint from ledger_cosignatures c left join ledger_seals s on s.size = c.size order by c.size, c.witness";
    private const string Timestamped = "select t.size, t.token, s.checkpoint from ledger_timestamps t left join ledger_seals s on s.size = t.size order by t.size";

    public static async Task CheckAsync(NpgsqlConnection connection, VerifierKey key, CheckpointTrust trust, ProblemList problems, CancellationToken cancellation)
    {
        await CheckAsync(connection, Cosigned, "cosignature", reader => CosignatureProblem(
            reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), key, trust), problems, cancellation);
        await CheckAsync(connection, Timestamped, "timestamp", reader => TimestampProblem(
            reader.GetFieldValue<byte[]>(1), reader.IsDBNull(2) ? null : reader.GetString(2), trust), problems, cancellation);
    }

    private static async Task CheckAsync(
        NpgsqlConnection connection, string query, string what, Func<NpgsqlDataReader, string?> problemOf, ProblemList problems, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(query, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (problemOf(reader) is { } problem) problems.Add($"{what}_invalid", $"the {what} over the checkpoint of {reader.GetInt64(0)} leaves: {problem}");
    }

    private static string? CosignatureProblem(string witness, string line, string? checkpoint, VerifierKey key, CheckpointTrust trust)
    {
        if (checkpoint is null) return "there is no such checkpoint";
        if (trust.Witnesses.FirstOrDefault(known => known.ToString() == witness) is not { } known) return $"'{witness}' is no witness that is known here";
        if (line.Contains('\n', StringComparison.Ordinal)) return "it is more than one line";
        var verification = Checkpoint.Verify(Encoding.UTF8.GetBytes($"{checkpoint}{line}\n"), key.Name, key, [known], out var verified);
        return verification.IsValid ? verified!.Cosignatures.Count == 1 ? null : $"it is not of {known.Name}" : verification.Reason;
    }

    private static string? TimestampProblem(byte[] token, string? checkpoint, CheckpointTrust trust)
    {
        if (checkpoint is null) return "there is no such checkpoint";
        if (trust.TimestampRoots is null) return "no roots are known here that it could be believed under";
        var verification = Timestamp.Verify(token, Hash.Sha256(Encoding.UTF8.GetBytes(checkpoint)), trust.TimestampRoots, nonce: [], out _);
        return verification.IsValid ? null : verification.Reason;
    }
}
