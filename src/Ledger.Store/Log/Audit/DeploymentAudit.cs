using Ledger.Domain.Deadlines;
using Ledger.Domain.Releases;
using Ledger.Store.Projections;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>Holds <c>ledger_deployments</c> against the replay: terms, state and the next deadline of every release.</summary>
internal static class DeploymentAudit
{
    public static async Task CheckAsync(NpgsqlConnection connection, IReadOnlyDictionary<string, AuditedStream> streams, ProblemList problems, CancellationToken cancellation)
    {
        await CheckRowsAsync(connection, streams, problems, cancellation);
        foreach (var (id, stream) in streams)
        {
            if (stream.IsBroken || stream.IsDeploymentProjected || stream.State is not ReleaseState state) continue;
            if (state.Deployment is not null || OpenDeadlines.Next(state) is not null)
                problems.Add("deployment_missing", "the release's deployment, or its next deadline, is missing in the projection", stream: id);
        }
    }

    private static async Task CheckRowsAsync(
        NpgsqlConnection connection, IReadOnlyDictionary<string, AuditedStream> streams, ProblemList problems, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select stream_id, terms, state, due_at, deadline from ledger_deployments order by stream_id", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetString(0);
            if (streams.GetValueOrDefault(id) is not { State: ReleaseState state, IsDeploymentProjected: false } stream)
            {
                problems.Add("deployment_unexpected", "the projection has a deployment of a release that no event opened", stream: id);
                continue;
            }

            stream.IsDeploymentProjected = true;
            if (stream.IsBroken) continue;
            var next = OpenDeadlines.Next(state);
            DateTime? due = reader.IsDBNull(3) ? null : reader.GetDateTime(3);
            if (!Same(reader, 1, DeploymentProjection.Terms(state))) problems.Add("deployment_differs", "the projected terms are not what the events come to", stream: id);
            else if (!Same(reader, 2, DeploymentProjection.State(state))) problems.Add("deployment_differs", "the projected deployment is not what the events come to", stream: id);
            else if (due != next?.Due.UtcDateTime || (reader.IsDBNull(4) ? null : reader.GetString(4)) != next?.Key)
                problems.Add("deadline_differs", "the projected deadline is not the next one that the events come to", stream: id);
        }
    }

    private static bool Same(NpgsqlDataReader reader, int ordinal, byte[]? replayed) =>
        reader.IsDBNull(ordinal) ? replayed is null : replayed is not null && ProjectionAudit.Same(reader.GetFieldValue<byte[]>(ordinal), replayed);
}
