using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Store.Append;
using Ledger.Store.Log;
using Ledger.Store.Releases;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Policies;

/// <summary>Reads policies as they were published. Thread-safe.</summary>
/// <param name="database">Connections that may read.</param>
public sealed class PolicyReads(NpgsqlDataSource database)
{
    /// <summary>The newest version of every policy, by name.</summary>
    /// <exception cref="InvalidDataException">A stored document is not the one that its digest names.</exception>
    public async Task<IReadOnlyList<PolicyListing>> ListAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"""
            select {EventReader.Columns} from mt_streams s join mt_events e on e.stream_id = s.id and e.version = s.version
            where s.type = 'policy' order by s.id collate "C"
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var policies = new List<PolicyListing>();
        while (await reader.ReadAsync(cancellation))
        {
            var stored = EventReader.Read(reader);
            policies.Add(new PolicyListing(Published(stored).Policy, stored.At));
        }

        return policies;
    }

    /// <summary>A version of a policy with its document, or null where it was never published.</summary>
    /// <param name="name">The policy's name.</param>
    /// <param name="version">From 1; the newest where null.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidDataException">The stored document is not the one that its digest names.</exception>
    public async Task<PolicyEvent.Published?> FindAsync(string name, long? version = null, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"select {EventReader.Columns} from mt_events e where e.stream_id = $1 and e.version = coalesce($2, e.version) order by e.version desc limit 1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = PolicyCommand.StreamOf(name) });
        command.Parameters.Add(new NpgsqlParameter<long?> { TypedValue = version });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Published(EventReader.Read(reader)) : null;
    }

    /// <summary>Some versions of policies, with the events that published them; those that are there. One statement.</summary>
    /// <exception cref="InvalidDataException">A stored document is not the one that its digest names.</exception>
    public async Task<IReadOnlyList<Recorded<PolicyEvent.Published>>> FindAsync(IReadOnlyCollection<(string Name, long Version)> policies, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"select {EventReader.Columns} from mt_events e join unnest($1, $2) as w (stream, version) on e.stream_id = w.stream and e.version = w.version");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. policies.Select(policy => PolicyCommand.StreamOf(policy.Name))], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. policies.Select(policy => policy.Version)] });
        return await RecordedAsync(command, cancellation);
    }

    /// <summary>Every version of some policies, or the newest of every policy where no names are given, with the events that published them, by name and version. One statement.</summary>
    /// <param name="names">The policies' names; null for all.</param>
    /// <param name="asOf">As the log was then; null for the present.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidDataException">A stored document is not the one that its digest names.</exception>
    public async Task<IReadOnlyList<Recorded<PolicyEvent.Published>>> VersionsAsync(IReadOnlyCollection<string>? names, AsOf? asOf = null, CancellationToken cancellation = default)
    {
        var until = Until.Condition(asOf, "$1");
        await using var command = database.CreateCommand(names is null
            ? $"""
              select n.* from mt_streams s
              cross join lateral (select {EventReader.Columns} from mt_events e where e.stream_id = s.id and {until} order by e.version desc limit 1) n
              where s.type = 'policy' order by s.id collate "C"
              """
            : $"select {EventReader.Columns} from mt_events e where e.stream_id = any($2) and {until} order by e.stream_id collate \"C\", e.version");
        command.Parameters.Add(Until.Parameter(asOf));
        if (names is not null) command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. names.Select(PolicyCommand.StreamOf)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        return await RecordedAsync(command, cancellation);
    }

    private static async Task<IReadOnlyList<Recorded<PolicyEvent.Published>>> RecordedAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var policies = new List<Recorded<PolicyEvent.Published>>();
        while (await reader.ReadAsync(cancellation))
        {
            var stored = EventReader.Read(reader);
            policies.Add(stored.Recorded<PolicyEvent.Published>() with { Event = Published(stored) });
        }

        return policies;
    }

    private static PolicyEvent.Published Published(StoredEvent stored)
    {
        var published = stored.Recorded<PolicyEvent.Published>().Event;
        return PolicyCache.DigestOf(published.Document) == published.Policy.Digest
            ? published
            : throw new InvalidDataException($"version {published.Policy.Version} of the policy '{published.Policy.Name}' does not have the digest under which it was published");
    }
}
