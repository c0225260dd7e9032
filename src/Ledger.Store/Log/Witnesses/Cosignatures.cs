using Ledger.Integrity.Notes;
using Npgsql;

namespace Ledger.Store.Log.Witnesses;

/// <summary>What witnesses cosigned (C2SP tlog-cosignature), kept beside the seals. Thread-safe.</summary>
/// <param name="database">Connections that may read, and insert cosignatures.</param>
public sealed class Cosignatures(NpgsqlDataSource database)
{
    // A note is its text, an empty line, and a line for each signature: cosignatures go after the log's (C2SP signed-note).
    private const string Note =
        "s.checkpoint || coalesce((select string_agg(c.line || e'\\n', '' order by c.witness collate \"C\") from ledger_cosignatures c where c.size = s.size), '')";

    /// <summary>Keeps a cosignature that was verified; one of that witness over that checkpoint that is there already stays.</summary>
    /// <param name="size">The size of the tree that was cosigned.</param>
    /// <param name="witness">Who cosigned.</param>
    /// <param name="signature">The signature line.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task AddAsync(long size, VerifierKey witness, NoteSignature signature, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("insert into ledger_cosignatures (size, witness, line) values ($1, $2, $3) on conflict do nothing");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = size });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = witness.ToString() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = signature.ToString() });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The size of the largest tree that the witness cosigned; 0 for none.</summary>
    public async Task<long> LatestSizeAsync(VerifierKey witness, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select coalesce(max(size), 0) from ledger_cosignatures where witness = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = witness.ToString() });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The newest checkpoint, with the cosignatures it has; null while the log is empty.</summary>
    public Task<SignedCheckpoint?> NewestAsync(CancellationToken cancellation = default) =>
        FindAsync($"select s.size, {Note} from ledger_seals s order by s.size desc limit 1", cancellation);

    /// <summary>The newest checkpoint that a witness cosigned, with all its cosignatures; null while there is none.</summary>
    public Task<SignedCheckpoint?> NewestWitnessedAsync(CancellationToken cancellation = default) =>
        FindAsync($"select s.size, {Note} from ledger_seals s where s.size = (select max(size) from ledger_cosignatures)", cancellation);

    private async Task<SignedCheckpoint?> FindAsync(string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new SignedCheckpoint(reader.GetInt64(0), reader.GetString(1)) : null;
    }
}
