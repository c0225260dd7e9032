using System.Data;
using System.Text;
using Ledger.Integrity.Notes;
using Ledger.Store.Log.Audit;
using Ledger.Store.Log.Witnesses;
using Npgsql;

namespace Ledger.Store.Log;

/// <summary>
/// Re-reads everything that is stored and holds it against what was signed: rows → leaves → stream chains → tree → checkpoints, then tiles,
/// streams, projections, evidence, cosignatures and timestamps against the replay, then the guards that keep the tables as they are: the
/// schema's files, the triggers, the functions that are read through and the server's rights. Any column of any event that was changed, and any event that was removed, swapped or
/// slipped in, is found, and the first bad one named. Thread-safe; appends go on meanwhile.
/// </summary>
/// <remarks>
/// Not covered, because nothing that is signed says what they must be: whose idempotency key answers with an event, bearer tokens, the
/// progress of followers, and a cosignature or timestamp that was removed. Memory does not grow with the number of events, but holds each release's state, whose size follows its policy, and
/// about a hundred bytes for each distinct piece of evidence and each 256 events.
/// </remarks>
/// <param name="database">Connections that may read everything; to the primary, for a replica lags behind the kept checkpoint.</param>
/// <param name="key">The log's key; its name is the log's origin.</param>
/// <param name="kept">The checkpoint kept outside the database, if any.</param>
/// <param name="trust">By whom cosignatures and timestamps are believed; nobody where null, and any of them is then a problem.</param>
public sealed class Auditor(NpgsqlDataSource database, VerifierKey key, CheckpointFile? kept = null, CheckpointTrust? trust = null)
{
    /// <summary>The most problems that a report lists.</summary>
    public const int ProblemsMax = 100;

    /// <summary>Audits the log as it is now.</summary>
    /// <param name="knownCheckpoint">A signed checkpoint that somebody kept: the log must contain its tree, or it was set back or forked.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What was found. It is sound only when everything could be checked.</returns>
    /// <exception cref="NpgsqlException">The database could not be read: nothing is known.</exception>
    public async Task<AuditReport> RunAsync(string? knownCheckpoint = null, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await RunAsync(connection, knownCheckpoint, cancellation);
    }

    /// <summary>Audits over a connection: within its transaction, where it is in one already.</summary>
    internal async Task<AuditReport> RunAsync(NpgsqlConnection connection, string? knownCheckpoint, CancellationToken cancellation, bool isInTransaction = false)
    {
        var run = new AuditRun(connection, key, trust ?? CheckpointTrust.Nobody);

        // Before the snapshot is taken, so that what is kept outside cannot be newer than what is read.
        await HeadAudit.CheckSequenceAsync(connection, run.Problems, cancellation);
        var trusted = new List<(string, Checkpoint)>();
        if (kept?.Read() is { } own) Trust("the checkpoint kept outside the database", own);
        if (knownCheckpoint is not null) Trust("the known checkpoint", knownCheckpoint);
        if (isInTransaction) return await run.RunAsync(trusted, cancellation);

        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await using var readOnly = new NpgsqlCommand("set transaction read only", connection);
        await readOnly.ExecuteNonQueryAsync(cancellation);
        return await run.RunAsync(trusted, cancellation);

        void Trust(string name, string note)
        {
            var verification = Checkpoint.Verify(Encoding.UTF8.GetBytes(note), key.Name, key, out var checkpoint);
            if (verification.IsValid && checkpoint is not null) trusted.Add((name, checkpoint));
            else run.Problems.Add("checkpoint_untrusted", $"{name} is not signed by this log's key: {verification.Reason}");
        }
    }
}
