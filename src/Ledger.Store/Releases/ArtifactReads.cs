using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Releases;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Releases;

/// <summary>Finds releases by what they deploy. Thread-safe.</summary>
public sealed class ArtifactReads(NpgsqlDataSource database)
{
    /// <summary>How many releases are looked through, the newest opened first: what it costs does not grow with the ledger.</summary>
    public const int ReleasesAtMost = 2_000;

    /// <summary>The open releases that deploy an artifact of that digest, newest opened first; at most two, which says that there are several.</summary>
    /// <param name="services">Only of these; null for all.</param>
    /// <param name="digest">The artifact's.</param>
    /// <param name="cancellation">Gives up reading.</param>
    public async Task<IReadOnlyList<ReleaseId>> FindAsync(IReadOnlyList<string>? services, Digest digest, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"""
            select stream_id from (
              select stream_id, facts from ledger_releases {(services is null ? string.Empty : "where service = any($3)")} order by opened_sequence desc limit $2
            ) newest
            where not facts ? 'closed' and facts -> 'opened' -> 'artifacts' @> $1
            limit 2
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(new[] { new { digest = digest.ToString() } }), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ReleasesAtMost });
        if (services is not null) command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. services], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

        var found = new List<ReleaseId>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) found.Add(ReleaseId.FromStreamKey(reader.GetString(0))!);
        return found;
    }
}
