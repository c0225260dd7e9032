using Ledger.Domain.Releases;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>Holds <c>ledger_terms</c>, by which releases are found, against what the events bring: a release that a search passes over is as good as hidden.</summary>
internal static class TermAudit
{
    public static async Task CheckAsync(NpgsqlConnection connection, IReadOnlyDictionary<string, AuditedStream> streams, ProblemList problems, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('ledger_terms') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not true)
        {
            problems.Add("terms_missing", "what releases are found by is missing in the database");
            return;
        }

        var releases = new Dictionary<long, (string Id, AuditedStream Stream)>();
        foreach (var (id, stream) in streams)
            if (stream.State is ReleaseState state) releases.TryAdd(state.Facts.OpenedBy.Sequence, (id, stream));

        await CheckRowsAsync(connection, releases, problems, cancellation);
        foreach (var (id, stream) in releases.Values)
        {
            if (stream.IsBroken) continue;
            foreach (var (kind, value) in stream.Terms.Keys) problems.Add("term_missing", $"the release cannot be found by its '{kind}' '{value}'", stream: id);
        }
    }

    // What is there is taken from what is awaited: the rest is missing.
    private static async Task CheckRowsAsync(
        NpgsqlConnection connection, Dictionary<long, (string Id, AuditedStream Stream)> releases, ProblemList problems, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select release, kind, value, sequence from ledger_terms order by release, kind, value", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var (release, kind, value, sequence) = (reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3));
            var (id, stream) = releases.GetValueOrDefault(release);
            if (stream?.IsBroken == true || (stream is not null && stream.Terms.TryGetValue((kind, value), out var brought) && brought == sequence && stream.Terms.Remove((kind, value)))) continue;
            problems.Add("term_unexpected", $"the release opened by event {release} is found by '{kind}' '{value}', which no event brings there", stream: id);
        }
    }
}
