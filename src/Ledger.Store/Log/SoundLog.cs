using System.Text;
using Ledger.Integrity;
using Ledger.Integrity.Notes;
using Npgsql;

namespace Ledger.Store.Log;

/// <summary>
/// What has to be true before anything is written on top of a log: the stored tree has the root that the head states, its last checkpoint
/// is ours, and it contains every tree that this server signed before.
/// </summary>
internal static class SoundLog
{
    /// <summary>The tree's edge, once it has been found sound.</summary>
    /// <exception cref="InvalidDataException">It is not, with the reason.</exception>
    public static async Task<TreeEdge> CheckAsync(NpgsqlDataSource database, VerifierKey key, CheckpointFile kept, CancellationToken cancellation)
    {
        var edge = await LogTree.LoadAsync(database, cancellation);
        await CheckHeadAsync(database, edge, cancellation);
        if (edge.Size > 0) await CheckLastSealAsync(database, key, edge, cancellation);
        if (kept.Read() is { } note) await CheckKeptAsync(database, key, note, edge, cancellation);
        return edge;
    }

    /// <summary>Compares the edge with the head row.</summary>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public static async Task CheckHeadAsync(NpgsqlDataSource database, TreeEdge edge, CancellationToken cancellation)
    {
        var (size, root) = await LogTree.HeadAsync(database, cancellation);
        if (size < edge.Size)
            throw new InvalidDataException($"the log has {size} leaves, but {edge.Size} were committed before: the database was set back");
        if (size == edge.Size && root != edge.Root())
            throw new InvalidDataException($"the stored leaves of a tree of {size} do not have the root that the head states");
    }

    private static async Task CheckLastSealAsync(NpgsqlDataSource database, VerifierKey key, TreeEdge edge, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select checkpoint from ledger_seals order by size desc limit 1");
        var note = (string?)await command.ExecuteScalarAsync(cancellation) ?? throw new InvalidDataException("the log has leaves but no checkpoint");
        var checkpoint = Verify(note, key, "the last checkpoint in the database");
        if (checkpoint.Size != edge.Size || checkpoint.Root != edge.Root())
            throw new InvalidDataException($"the last checkpoint is of a tree of {checkpoint.Size} leaves with another root than the stored one of {edge.Size}");
    }

    private static async Task CheckKeptAsync(NpgsqlDataSource database, VerifierKey key, string note, TreeEdge edge, CancellationToken cancellation)
    {
        var kept = Verify(note, key, "the checkpoint kept outside the database");
        if (kept.Size > edge.Size)
        {
            throw new InvalidDataException(
                $"this server signed a tree of {kept.Size} leaves, but the database has {edge.Size}: it was set back to an earlier state");
        }

        // The tree of that size had this root when it was signed; a consistent log has the same root there now.
        await using var command = database.CreateCommand("select root from ledger_seals where size = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = kept.Size });
        if (await command.ExecuteScalarAsync(cancellation) is not byte[] root || new Hash(root) != kept.Root)
            throw new InvalidDataException($"the database has another tree of {kept.Size} leaves than the one this server signed: it is a fork");
    }

    private static Checkpoint Verify(string note, VerifierKey key, string what)
    {
        var verification = Checkpoint.Verify(Encoding.UTF8.GetBytes(note), key.Name, key, out var checkpoint);
        return verification.IsValid && checkpoint is not null
            ? checkpoint
            : throw new InvalidDataException($"{what} is not signed by this log's key {key.Name}: {verification.Reason}");
    }
}
