using System.Collections;
using System.Runtime.InteropServices;
using Ledger.Domain.Events;
using Ledger.Store.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Append;

/// <summary>
/// Writes a group: one round trip, one transaction. The head is moved first, so its row lock orders all writers.
/// </summary>
internal static class GroupWriter
{
    private const string Advance = "select ledger_advance($1, $2, $3, $4)";
    private const string Seal = "insert into ledger_seals (size, leaves, root, checkpoint) values ($1, $2, $3, $4)";

    private const string Streams =
        """
        insert into mt_streams (id, type, version, timestamp, created)
        select id, type, version, $4, $4 from unnest($1, $2, $3) as s (id, type, version)
        on conflict (id) do update set version = excluded.version, timestamp = excluded.timestamp
        """;

    private const string Events =
        """
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, headers)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string Tiles = "insert into ledger_tiles (level, index, hashes) select * from unnest($1, $2, $3)";
    private const string Keys = "insert into ledger_idempotency (key, request, sequence, count) select * from unnest($1, $2, $3, $4)";

    private const string Evidence =
        "insert into ledger_evidence (digest, media_type, bytes) select * from unnest($1, $2, $3) on conflict (digest) do nothing";

    private const string Releases =
        """
        insert into ledger_releases (stream_id, opened_sequence, service, facts) select * from unnest($1, $2, $3, $4)
        on conflict (stream_id) do update set facts = excluded.facts
        """;

    private const string Gates =
        """
        insert into ledger_gates (stream_id, gate, state) select * from unnest($1, $2, $3)
        on conflict (stream_id, gate) do update set state = excluded.state
        """;

    private const string Terms = "select ledger_index($1, $2)";

    private const string Inbox = "select ledger_inbox_add($1, $2)";

    private const string Deployments =
        """
        insert into ledger_deployments (stream_id, terms, state, due_at, deadline) select * from unnest($1, $2, $3, $4, $5)
        on conflict (stream_id) do update set terms = coalesce(excluded.terms, ledger_deployments.terms), state = excluded.state, due_at = excluded.due_at, deadline = excluded.deadline
        """;

    private const string Measurements = "insert into ledger_measurements (stream_id, identity) select * from unnest($1, $2) on conflict do nothing";

    private const string Places = "insert into ledger_event_places (kind, value, block, places) select kind, value, $3, places from unnest($1, $2, $4) as p (kind, value, places)";

    private const string Sequence = "select setval('mt_events_sequence', $1)";

    /// <summary>
    /// Everything that <paramref name="group"/> writes, ready to be sent on any connection. Executing it returns when the group is durable;
    /// a <see cref="PostgresException"/> with <c>LG001</c> says that another writer moved the head.
    /// </summary>
    public static NpgsqlBatch Prepare(SealedGroup group)
    {
        var batch = new NpgsqlBatch();
        var commands = batch.BatchCommands;
        var time = group.Events[^1].Time;

        commands.Add(Command(Advance, Of(group.Before.Size), Of(group.Before.Root().ToArray()), Of(group.SizeAfter), Of(group.Root.ToArray())));
        commands.Add(Command(
            Seal, Of(group.SizeAfter), Of(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(group.Leaves)).ToArray()), Of(group.Root.ToArray()), Of(group.Checkpoint)));

        foreach (var block in group.Blocks)
        {
            commands.Add(Command(
                Places,
                Of(block.Rows.Select(row => row.Key.Kind).ToArray()),
                Of(block.Rows.Select(row => row.Key.Value).ToArray()),
                Of(block.Block),
                new NpgsqlParameter<BitArray[]> { TypedValue = [.. block.Rows.Values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varbit }));
        }

        var streams = group.Streams.ToArray();
        commands.Add(Command(
            Streams,
            Of(streams.Select(stream => stream.Key).ToArray()),
            Of(streams.Select(stream => stream.Value.After.Aggregate.Name).ToArray()),
            Of(streams.Select(stream => stream.Value.After.Version).ToArray()),
            Of(time)));

        var events = group.Events;
        commands.Add(Command(
            Events,
            Of(events.Select(row => row.Sequence).ToArray()),
            new NpgsqlParameter<Guid[]> { TypedValue = events.Select(row => row.Id).ToArray() },
            Of(events.Select(row => row.Stream).ToArray()),
            Of(events.Select(row => row.Version).ToArray()),
            Json(events.Select(row => row.Data)),
            Of(events.Select(row => row.Type).ToArray()),
            new NpgsqlParameter<DateTime[]> { TypedValue = events.Select(row => row.Time).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            Of(events.Select(row => EventJson.DotNetType(row.Type)).ToArray()),
            Json(events.Select(row => row.Headers))));

        AddProjections(commands, group);
        if (SearchTerms.AreIn(group)) commands.Add(Command(Terms, Of(group.Before.Size + 1), Of(group.SizeAfter)));
        if (group.Streams.Values.Any(stream => stream.After.Aggregate == Aggregate.Inbox)) commands.Add(Command(Inbox, Of(group.Before.Size + 1), Of(group.SizeAfter)));
        if (group.Tiles.Count > 0)
        {
            commands.Add(Command(
                Tiles,
                new NpgsqlParameter<short[]> { TypedValue = group.Tiles.Select(tile => (short)tile.Level).ToArray() },
                Of(group.Tiles.Select(tile => tile.Index).ToArray()),
                Of(group.Tiles.Select(tile => tile.Hashes).ToArray())));
        }

        if (group.Keys.Count > 0)
        {
            commands.Add(Command(
                Keys,
                Of(group.Keys.Select(entry => entry.Key.Key.ToArray()).ToArray()),
                Of(group.Keys.Select(entry => entry.Key.Request.ToArray()).ToArray()),
                Of(group.Keys.Select(entry => entry.Sequence).ToArray()),
                new NpgsqlParameter<int[]> { TypedValue = group.Keys.Select(entry => entry.Count).ToArray() }));
        }

        if (group.Measurements.Count > 0)
            commands.Add(Command(Measurements, Of(group.Measurements.Select(entry => entry.Stream).ToArray()), Of(group.Measurements.Select(entry => entry.Identity).ToArray())));

        if (group.Evidence.Count > 0)
        {
            var evidence = group.Evidence.DistinctBy(bytes => bytes.Digest).ToList();
            commands.Add(Command(
                Evidence,
                Of(evidence.Select(bytes => bytes.Digest.ToArray()).ToArray()),
                Of(evidence.Select(bytes => bytes.MediaType).ToArray()),
                Of(evidence.Select(bytes => bytes.Bytes.ToArray()).ToArray())));
        }

        commands.Add(Command(Sequence, Of(group.SizeAfter)));
        return batch;
    }

    private static void AddProjections(NpgsqlBatchCommandCollection commands, SealedGroup group)
    {
        if (group.Facts.Count > 0)
        {
            var releases = group.Facts.ToArray();
            commands.Add(Command(
                Releases,
                Of(releases.Select(release => release.Key).ToArray()),
                Of(releases.Select(release => release.Value.State.Facts.OpenedBy.Sequence).ToArray()),
                Of(releases.Select(release => release.Value.State.Opened.Service).ToArray()),
                Json(releases.Select(release => release.Value.Facts))));
        }

        if (group.Gates.Count > 0)
        {
            var gates = group.Gates.ToArray();
            commands.Add(Command(
                Gates, Of(gates.Select(gate => gate.Key.Stream).ToArray()), Of(gates.Select(gate => gate.Key.Gate).ToArray()), Json(gates.Select(gate => gate.Value))));
        }

        if (group.Deployments.Count > 0)
        {
            var deployments = group.Deployments.ToArray();
            commands.Add(Command(
                Deployments,
                Of(deployments.Select(deployment => deployment.Key).ToArray()),
                Json(deployments.Select(deployment => deployment.Value.Terms)),
                Json(deployments.Select(deployment => deployment.Value.State)),
                new NpgsqlParameter<DateTime?[]>
                {
                    TypedValue = deployments.Select(deployment => deployment.Value.DueAt?.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
                },
                Of(deployments.Select(deployment => deployment.Value.Deadline).ToArray())));
        }
    }

    private static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter<byte[]?[]> Json(IEnumerable<byte[]?> documents) =>
        new() { TypedValue = documents.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb };
}
