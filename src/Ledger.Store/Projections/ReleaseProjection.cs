using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Store.Log;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Projections;

/// <summary>The inline projection of releases: <c>ledger_releases</c>, <c>ledger_gates</c> and <c>ledger_deployments</c>, and the way back to a state.</summary>
internal static class ReleaseProjection
{
    private const string Query =
        $$"""
        select r.facts,
               (select '{' || coalesce(string_agg(to_json(g.gate)::text || ':' || g.state::text, ',' order by g.gate collate "C"), '') || '}' from ledger_gates g where g.stream_id = r.stream_id),
               d.terms,
               d.state,
               {{EventReader.Columns}}
        from ledger_releases r
        left join ledger_deployments d on d.stream_id = r.stream_id
        join mt_streams s on s.id = r.stream_id
        join mt_events e on e.stream_id = s.id and e.version = s.version
        where r.stream_id = any($1)
        """;

    /// <summary>What has to be written so that the tables say <paramref name="after"/> where they said <paramref name="before"/>.</summary>
    public static ReleaseChanges Changes(ReleaseState? before, ReleaseState after) => new(
        ReferenceEquals(before?.Facts, after.Facts) ? null : JsonSerializer.SerializeToUtf8Bytes(after.Facts, DomainJson.Default.ReleaseFacts),
        [.. after.Gates
            .Where(gate => !ReferenceEquals(before?.Gates.GetValueOrDefault(gate.Key), gate.Value))
            .Select(gate => (gate.Key, JsonSerializer.SerializeToUtf8Bytes(gate.Value, DomainJson.Default.GateState)))],
        DeploymentProjection.Change(before, after));

    /// <summary>The state of each of the streams that exists, with its last event.</summary>
    /// <param name="database">Connections that may read.</param>
    /// <param name="streams">The streams.</param>
    /// <param name="known">States by the digests of their rows, so that the same row is read once; null where none are kept.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlyList<(ReleaseState State, StoredEvent Last)>> ReadAsync(
        NpgsqlDataSource database, string[] streams, BoundedMemo<Hash, ReleaseState>? known, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Query);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = streams, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(ReleaseState, StoredEvent)>();
        while (await reader.ReadAsync(cancellation))
        {
            var row = ReleaseRow.Read(reader);
            found.Add((known is null ? row.State() : Known(row, known), row.Last));
        }

        return found;
    }

    private static ReleaseState Known(ReleaseRow row, BoundedMemo<Hash, ReleaseState> known)
    {
        var digest = row.Digest();
        if (known.TryGet(digest, out var state)) return state;
        state = row.State();
        known.Keep(digest, state, row.Bytes);
        return state;
    }
}

/// <summary>The rows of one release that an append changes.</summary>
/// <param name="Facts">The release's facts, where they changed.</param>
/// <param name="Gates">The gates that changed.</param>
/// <param name="Deployment">Its deployment, where that changed, or its next deadline.</param>
internal sealed record ReleaseChanges(byte[]? Facts, IReadOnlyList<(string Gate, byte[] State)> Gates, DeploymentChange? Deployment);
