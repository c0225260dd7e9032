using Ledger.Domain.Signers;
using Ledger.Store.Log;
using Ledger.Store.Releases;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Signers;

/// <summary>Reads signers, by folding their events: they have few, and what they come to is not to be believed from anywhere else. Thread-safe.</summary>
/// <param name="database">Connections that may read.</param>
public sealed class SignerReads(NpgsqlDataSource database)
{
    /// <summary>Every signer, by id.</summary>
    public async Task<IReadOnlyList<SignerState>> ListAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"""
            select {EventReader.Columns} from mt_streams s join mt_events e on e.stream_id = s.id
            where s.type = 'signer' order by s.id collate "C", e.version
            """);
        return await FoldAsync(command, cancellation);
    }

    /// <summary>The signer of that id; null where nobody was enrolled under it.</summary>
    public async Task<SignerState?> FindAsync(string id, CancellationToken cancellation = default) =>
        (await FindAsync([id], cancellation)) is [var signer] ? signer : null;

    /// <summary>Those of <paramref name="ids"/> that are enrolled.</summary>
    public async Task<IReadOnlyList<SignerState>> FindAsync(IEnumerable<string> ids, CancellationToken cancellation = default)
    {
        var streams = ids.Where(SignerId.IsValid).Select(SignerId.StreamOf).ToArray();
        if (streams.Length == 0) return [];
        await using var command = database.CreateCommand($"select {EventReader.Columns} from mt_events e where e.stream_id = any($1) order by e.stream_id, e.version");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = streams, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        return await FoldAsync(command, cancellation);
    }

    /// <summary>Every signer as they were, by id, or some of them; those who were enrolled by then.</summary>
    /// <param name="asOf">As the log was then.</param>
    /// <param name="ids">Only the signers of these ids; null for all.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<SignerState>> ListAsOfAsync(AsOf asOf, IReadOnlyCollection<string>? ids = null, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"""
            select {EventReader.Columns} from mt_streams s join mt_events e on e.stream_id = s.id
            where s.type = 'signer' and e.{(asOf is AsOf.Time ? "timestamp" : "seq_id")} <= $1 {(ids is null ? "" : "and s.id = any($2)")} order by s.id collate "C", e.version
            """);
        command.Parameters.Add(asOf switch
        {
            AsOf.Time time => new NpgsqlParameter<DateTime> { TypedValue = time.At.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            AsOf.Leaf leaf => new NpgsqlParameter<long> { TypedValue = leaf.Index + 1 },
            _ => throw new System.Diagnostics.UnreachableException(),
        });
        if (ids is not null)
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ids.Where(SignerId.IsValid).Select(SignerId.StreamOf)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        return await FoldAsync(command, cancellation);
    }

    private static async Task<IReadOnlyList<SignerState>> FoldAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var signers = new List<SignerState>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var stored = EventReader.Read(reader);
            if (stored.Version == 1) signers.Add(SignerState.Evolve(null, stored.Recorded<SignerEvent>()));
            else signers[^1] = SignerState.Evolve(signers[^1], stored.Recorded<SignerEvent>());
        }

        return signers;
    }
}
