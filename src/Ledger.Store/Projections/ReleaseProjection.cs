using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;
using Ledger.Store.Log;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Projections;

/// <summary>The inline projection of releases: <c>ledger_releases</c>, <c>ledger_gates</c> and <c>ledger_deployments</c>, and the way back to a state.</summary>
internal static class ReleaseProjection
{
    private const string Query =
        $"""
        select r.facts,
               coalesce((select jsonb_object_agg(g.gate, g.state) from ledger_gates g where g.stream_id = r.stream_id), jsonb_build_object()),
               d.terms,
               d.state,
               {EventReader.Columns}
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
    public static async Task<IReadOnlyList<(ReleaseState State, StoredEvent Last)>> ReadAsync(
        NpgsqlDataSource database, string[] streams, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Query);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = streams, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(ReleaseState, StoredEvent)>();
        while (await reader.ReadAsync(cancellation))
        {
            var facts = JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(0), DomainJson.Default.ReleaseFacts)!;
            using var gates = JsonDocument.Parse(reader.GetFieldValue<byte[]>(1));
            var last = EventReader.Read(reader, 4);
            found.Add((
                new ReleaseState(facts, Gates(gates.RootElement), new EventReference(last.Sequence, last.Version), last.At, DeploymentProjection.Read(reader, 2)), last));
        }

        return found;
    }

    private static ImmutableSortedDictionary<string, GateState> Gates(JsonElement gates) => gates.EnumerateObject().ToImmutableSortedDictionary(
        gate => gate.Name, gate => gate.Value.Deserialize(DomainJson.Default.GateState)!, StringComparer.Ordinal);
}

/// <summary>The rows of one release that an append changes.</summary>
/// <param name="Facts">The release's facts, where they changed.</param>
/// <param name="Gates">The gates that changed.</param>
/// <param name="Deployment">Its deployment, where that changed, or its next deadline.</param>
internal sealed record ReleaseChanges(byte[]? Facts, IReadOnlyList<(string Gate, byte[] State)> Gates, DeploymentChange? Deployment);
