using Ledger.Domain.ExternalEvents;
using Ledger.Store.Log;
using Npgsql;

namespace Ledger.Store;

/// <summary>Finds events of other systems that fit no release. Thread-safe.</summary>
/// <param name="database">Connections that may read.</param>
public sealed class InboxReads(NpgsqlDataSource database)
{
    private const string From = $"select {EventReader.Columns}, i.assigned from ledger_inbox i join mt_events e on e.seq_id = i.sequence";

    /// <summary>Those that are on record for no release, in the order in which they came.</summary>
    /// <param name="after">The place in the log of the last one of the page before; 0 for the beginning.</param>
    /// <param name="limit">The most that are wanted.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<IReadOnlyList<InboxEntry>> UnassignedAsync(long after, int limit, CancellationToken cancellation = default) => ReadAsync(
        $"{From} where i.assigned is null and i.sequence > $1 order by i.sequence limit $2",
        [new NpgsqlParameter<long> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = limit }], cancellation);

    /// <summary>Those that a source gave an id, assigned or not, in the order in which they came: of several kinds it may be several.</summary>
    /// <param name="source">The source, as it is kept.</param>
    /// <param name="id">The id, as it is kept.</param>
    /// <param name="after">As above.</param>
    /// <param name="limit">As above.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<IReadOnlyList<InboxEntry>> NamedAsync(string source, string id, long after, int limit, CancellationToken cancellation = default) => ReadAsync(
        $"{From} where i.id = $3 and i.stream_id = $4 and i.sequence > $1 order by i.sequence limit $2",
        [
            new NpgsqlParameter<long> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = limit },
            new NpgsqlParameter<string> { TypedValue = id }, new NpgsqlParameter<string> { TypedValue = Inbox.StreamOf(source) },
        ],
        cancellation);

    private async Task<IReadOnlyList<InboxEntry>> ReadAsync(string sql, IReadOnlyList<NpgsqlParameter> parameters, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<InboxEntry>();
        while (await reader.ReadAsync(cancellation)) found.Add(new InboxEntry(EventReader.Read(reader), !reader.IsDBNull(reader.FieldCount - 1)));
        return found;
    }
}

/// <summary>An event that fitted no release when it came.</summary>
/// <param name="Stored">The event of its source's stream.</param>
/// <param name="IsAssigned">Whether it is on record for a release by now.</param>
public sealed record InboxEntry(StoredEvent Stored, bool IsAssigned);
