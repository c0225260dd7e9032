using Ledger.Domain.Releases;
using Npgsql;

namespace Ledger.Store.Releases;

/// <summary>Reads which releases have a deadline that is due. Thread-safe.</summary>
public sealed class DeadlineReads(NpgsqlDataSource database)
{
    /// <summary>The releases whose next deadline is due at <paramref name="at"/>, and when it is, the earliest first.</summary>
    /// <param name="at">The time.</param>
    /// <param name="limit">The most of them, at least 1.</param>
    /// <param name="except">Those that are not asked for.</param>
    /// <param name="cancellation">Gives up reading.</param>
    public async Task<IReadOnlyList<(ReleaseId Release, DateTimeOffset Due)>> DueAsync(DateTimeOffset at, int limit, IReadOnlyCollection<ReleaseId> except, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        await using var command = database.CreateCommand(
            "select stream_id, due_at from ledger_deployments where due_at <= $1 and stream_id <> all($3) order by due_at, stream_id limit $2");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. except.Select(release => release.StreamKey)] });
        var due = new List<(ReleaseId, DateTimeOffset)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) due.Add((ReleaseId.FromStreamKey(reader.GetString(0))!, new DateTimeOffset(reader.GetDateTime(1))));
        return due;
    }
}
