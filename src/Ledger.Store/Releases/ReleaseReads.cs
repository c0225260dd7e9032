using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Store.Append;
using Ledger.Store.Log;
using Ledger.Store.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Releases;

/// <summary>Reads releases: as they are from the projection, as they were from their events. Thread-safe.</summary>
public sealed class ReleaseReads(NpgsqlDataSource database, PolicyCache policies, TimeProvider clock)
{
    /// <summary>The most releases on a page.</summary>
    public const int PageAtMost = 200;

    // The rows are looked at every time; what the same rows say is read once.
    private readonly BoundedMemo<Hash, ReleaseState> _states = new(8 << 20);

    /// <summary>The release now, or null where it was never opened. One statement, whatever its history.</summary>
    public async Task<ReleaseView?> FindAsync(ReleaseId release, CancellationToken cancellation = default)
    {
        var found = await ReleaseProjection.ReadAsync(database, [release.StreamKey], _states, cancellation);
        return found is [var (state, _)] ? await ViewAsync(release, state, Now(state), cancellation) : null;
    }

    /// <summary>The release as it was, replayed from its events; null where it was not opened yet.</summary>
    public async Task<ReleaseView?> FindAsOfAsync(ReleaseId release, AsOf asOf, CancellationToken cancellation = default) =>
        (await FindAsOfAsync([release], asOf, cancellation)).GetValueOrDefault(release);

    /// <summary>Those of the releases that were opened, now. One statement for all.</summary>
    public async Task<IReadOnlyDictionary<ReleaseId, ReleaseView>> FindAsync(IReadOnlyCollection<ReleaseId> releases, CancellationToken cancellation = default)
    {
        var views = new Dictionary<ReleaseId, ReleaseView>();
        if (releases.Count == 0) return views;
        foreach (var (state, _) in await ReleaseProjection.ReadAsync(database, [.. releases.Select(release => release.StreamKey)], _states, cancellation))
            views.Add(state.Id, await ViewAsync(state.Id, state, Now(state), cancellation));
        return views;
    }

    /// <summary>Those of the releases that were opened by then, as they were, replayed from their events. One statement for all.</summary>
    public async Task<IReadOnlyDictionary<ReleaseId, ReleaseView>> FindAsOfAsync(IReadOnlyCollection<ReleaseId> releases, AsOf asOf, CancellationToken cancellation = default)
    {
        var views = new Dictionary<ReleaseId, ReleaseView>();
        if (releases.Count == 0) return views;
        var (condition, parameter) = asOf switch
        {
            AsOf.Time time => ("e.timestamp <= $2", new NpgsqlParameter { Value = time.At.UtcDateTime }),
            AsOf.Leaf leaf => (EventReader.UpTo("$2"), new NpgsqlParameter { Value = leaf.Index + 1 }),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

        // A place in the log is judged at the time of what was appended there, whichever stream that is of.
        var at = asOf.IsTime ? "null::timestamptz" : "(select l.timestamp from mt_events l where l.seq_id <= $2 order by l.seq_id desc limit 1)";
        await using var command = database.CreateCommand(
            $"select {EventReader.Columns}, {at} from mt_events e where e.stream_id = any($1) and {condition} order by e.stream_id, e.version");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. releases.Select(release => release.StreamKey)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(parameter);

        var states = new Dictionary<string, (ReleaseState State, DateTimeOffset At)>(StringComparer.Ordinal);
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var stored = EventReader.Read(reader);
                var judged = asOf is AsOf.Time asked ? UtcTimeJsonConverter.Truncate(asked.At) : new DateTimeOffset(reader.GetDateTime(EventReader.Count));
                states[stored.Stream] = (ReleaseFold.Evolve(states.GetValueOrDefault(stored.Stream).State, stored.Recorded<ReleaseEvent>()), judged);
            }
        }

        foreach (var (state, judged) in states.Values) views.Add(state.Id, await ViewAsync(state.Id, state, judged, cancellation));
        return views;
    }

    /// <summary>The release as events left it that follow one another, judged when the last was appended. Reads nothing but a policy that it does not know yet.</summary>
    /// <param name="before">The release before the first of them; null where that opened it.</param>
    /// <param name="events">One or more, of the release's stream.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ReleaseView> AfterAsync(ReleaseView? before, IReadOnlyList<StoredEvent> events, CancellationToken cancellation = default)
    {
        var state = before?.State;
        foreach (var stored in events) state = ReleaseFold.Evolve(state, stored.Recorded<ReleaseEvent>());
        return await ViewAsync(state!.Id, state, events[^1].At, cancellation);
    }

    /// <summary>A page of releases, newest opened first.</summary>
    /// <param name="services">Only of these; null for all.</param>
    /// <param name="after">The <see cref="ReleasePage.Next"/> of the page before.</param>
    /// <param name="limit">1 to <see cref="PageAtMost"/>.</param>
    /// <param name="cancellation">Gives up reading.</param>
    public async Task<ReleasePage> ListAsync(IReadOnlyList<string>? services, long? after, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, PageAtMost);
        var streams = await StreamsAsync(services, after ?? long.MaxValue, limit + 1, cancellation);
        var page = streams.Take(limit).ToList();
        var states = (await ReleaseProjection.ReadAsync(database, [.. page.Select(entry => entry.Stream)], _states, cancellation))
            .ToDictionary(entry => entry.Last.Stream, entry => entry.State, StringComparer.Ordinal);

        var views = new List<ReleaseView>(page.Count);
        foreach (var (stream, _) in page) views.Add(await ViewAsync(ReleaseId.FromStreamKey(stream)!, states[stream], Now(states[stream]), cancellation));
        return new ReleasePage(views, streams.Count > limit ? page[^1].Opened : null);
    }

    private async Task<List<(string Stream, long Opened)>> StreamsAsync(IReadOnlyList<string>? services, long before, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            select stream_id, opened_sequence from ledger_releases
            where opened_sequence < $1 {(services is null ? string.Empty : "and service = any($3)")}
            order by opened_sequence desc limit $2
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        if (services is not null)
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. services], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

        var streams = new List<(string, long)>(limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) streams.Add((reader.GetString(0), reader.GetInt64(1)));
        return streams;
    }

    private async Task<ReleaseView> ViewAsync(ReleaseId release, ReleaseState state, DateTimeOffset at, CancellationToken cancellation)
    {
        var pinned = state.Opened.Policy;
        var policy = await policies.GetAsync(pinned.Name, pinned.Version, cancellation);
        return policy is not null && policy.Reference == pinned
            ? new ReleaseView(release, state, policy, at)
            : throw new InvalidDataException($"the policy that {release} pinned is not in the log");
    }

    // The log's clock: the server's, but never before what the log already holds.
    private DateTimeOffset Now(ReleaseState state)
    {
        var now = UtcTimeJsonConverter.Truncate(clock.GetUtcNow());
        return now > state.LastAt ? now : state.LastAt;
    }
}
