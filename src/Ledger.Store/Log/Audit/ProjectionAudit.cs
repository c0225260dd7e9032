using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Integrity.Canonical;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>Holds <c>ledger_releases</c>, <c>ledger_gates</c> and <c>ledger_deployments</c> against the replay from the first event, as canonical JSON.</summary>
internal static class ProjectionAudit
{
    public static async Task CheckAsync(NpgsqlConnection connection, IReadOnlyDictionary<string, AuditedStream> streams, ProblemList problems, CancellationToken cancellation)
    {
        await CheckReleasesAsync(connection, streams, problems, cancellation);
        await CheckGatesAsync(connection, streams, problems, cancellation);
        await DeploymentAudit.CheckAsync(connection, streams, problems, cancellation);
        foreach (var (id, stream) in streams)
        {
            if (stream.IsBroken || stream.State is not ReleaseState state) continue;
            if (!stream.IsProjected) problems.Add("release_missing", "the release is missing in its projection", stream: id);
            if (stream.GatesProjected != state.Gates.Count)
                problems.Add("gate_missing", $"the projection has {stream.GatesProjected} gates of the release; its events make {state.Gates.Count}", stream: id);
        }
    }

    private static async Task CheckReleasesAsync(
        NpgsqlConnection connection, IReadOnlyDictionary<string, AuditedStream> streams, ProblemList problems, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select stream_id, opened_sequence, service, facts from ledger_releases order by stream_id", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetString(0);
            if (streams.GetValueOrDefault(id) is not { State: ReleaseState state, IsProjected: false } stream)
            {
                problems.Add("release_unexpected", "the projection has a release that no event opened", stream: id);
                continue;
            }

            stream.IsProjected = true;
            if (stream.IsBroken) continue;
            var facts = JsonSerializer.SerializeToUtf8Bytes(state.Facts, DomainJson.Default.ReleaseFacts);
            if (reader.GetInt64(1) != state.Facts.OpenedBy.Sequence) problems.Add("release_differs", "the projection names another opening event", stream: id);
            else if (reader.GetString(2) != state.Opened.Service) problems.Add("release_differs", "the projection names another service", stream: id);
            else if (!Same(reader.GetFieldValue<byte[]>(3), facts)) problems.Add("release_differs", "the projected facts are not what the events come to", stream: id);
        }
    }

    private static async Task CheckGatesAsync(
        NpgsqlConnection connection, IReadOnlyDictionary<string, AuditedStream> streams, ProblemList problems, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select stream_id, gate, state from ledger_gates order by stream_id, gate", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var before = (Stream: string.Empty, Gate: string.Empty);
        while (await reader.ReadAsync(cancellation))
        {
            var (id, gate) = (reader.GetString(0), reader.GetString(1));
            var stream = streams.GetValueOrDefault(id);
            if (stream?.IsBroken == true) continue;
            if (stream?.State is not ReleaseState release || !release.Gates.TryGetValue(gate, out var state) || before == (id, gate))
            {
                problems.Add("gate_unexpected", $"the projection has a gate '{gate}' that no event is about", stream: id);
                continue;
            }

            before = (id, gate);
            stream.GatesProjected++;
            if (!Same(reader.GetFieldValue<byte[]>(2), JsonSerializer.SerializeToUtf8Bytes(state, DomainJson.Default.GateState)))
                problems.Add("gate_differs", $"the projected gate '{gate}' is not what the events come to", stream: id);
        }
    }

    // What cannot be made canonical is nothing that was projected.
    internal static bool Same(byte[] stored, byte[] replayed)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>(stored.Length + 1);
        return CanonicalJson.TryCanonicalize(stored, output, out _) && output.WrittenSpan.SequenceEqual(CanonicalJson.Canonicalize(replayed));
    }
}
