using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;
using Ledger.Store.Log;
using Ledger.Store.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Append;

/// <summary>
/// The ends of the streams that were touched lately. A release that is missing is read from its projection and its last event, a source's from
/// its last event alone, so that each costs the same however long the stream is. Owned by the sequencer's loop.
/// </summary>
internal sealed class StreamCache(NpgsqlDataSource database)
{
    private const int Capacity = 16_384;

    // What is forgotten is read again from the database, where a group in flight is not to be seen yet. No more groups than this are ever
    // in flight, so a stream that none of the newest ones touched is safe to forget.
    private const int GroupsKept = 8;

    private readonly Dictionary<string, (StreamHead Head, long Group)> _heads = new(StringComparer.Ordinal);
    private long _group;

    /// <summary>The end of a stream that was loaded.</summary>
    public StreamHead this[string stream]
    {
        get => _heads[stream].Head;
        set => _heads[stream] = (value, _group);
    }

    public void Clear() => _heads.Clear();

    /// <summary>Makes the ends of <paramref name="streams"/> known, for the next group.</summary>
    /// <param name="streams">Their keys.</param>
    /// <param name="size">The size of the tree that is built on.</param>
    /// <param name="cancellation">Gives up reading.</param>
    /// <exception cref="HeadMovedException">A stream has events beyond that tree.</exception>
    public async Task LoadAsync(IEnumerable<string> streams, long size, CancellationToken cancellation)
    {
        _group++;
        var missing = new List<string>();
        foreach (var stream in streams.Distinct(StringComparer.Ordinal))
        {
            if (_heads.TryGetValue(stream, out var known)) _heads[stream] = known with { Group = _group };
            else missing.Add(stream);
        }

        if (missing.Count == 0) return;
        if (_heads.Count + missing.Count > Capacity) Forget();
        foreach (var stream in missing) this[stream] = new StreamHead(Aggregate.Of(stream), 0, null, null);

        // PostgreSQL holds no U+0000 in a text, and its refusal would take the whole group down: a name with one is of no stream.
        missing.RemoveAll(stream => stream.Contains('\0', StringComparison.Ordinal));
        var releases = missing.Where(stream => this[stream].Aggregate == Aggregate.Release).ToArray();
        if (releases.Length > 0) await ReadReleasesAsync(releases, size, cancellation);
        var inboxes = missing.Where(stream => this[stream].Aggregate == Aggregate.Inbox).ToArray();
        if (inboxes.Length > 0) await ReadInboxesAsync(inboxes, size, cancellation);
        if (releases.Length + inboxes.Length < missing.Count) await ReplayAsync([.. missing.Except(releases, StringComparer.Ordinal).Except(inboxes, StringComparer.Ordinal)], size, cancellation);
    }

    private void Forget()
    {
        var old = _heads.Where(entry => entry.Value.Group <= _group - GroupsKept).OrderBy(entry => entry.Value.Group).Select(entry => entry.Key);
        foreach (var stream in old.Take(Capacity / 2).ToList()) _heads.Remove(stream);
    }

    private async Task ReadReleasesAsync(string[] streams, long size, CancellationToken cancellation)
    {
        foreach (var (state, last) in await ReleaseProjection.ReadAsync(database, streams, known: null, cancellation))
        {
            if (last.Sequence > size) throw new HeadMovedException();
            this[last.Stream] = new StreamHead(Aggregate.Release, last.Version, last.LeafHash(), state);
        }
    }

    // Their last event says all there is to know of them, and there may be very many before it.
    private async Task ReadInboxesAsync(string[] streams, long size, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"select {EventReader.Columns} from mt_streams s join mt_events e on e.stream_id = s.id and e.version = s.version where s.id = any($1)");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = streams, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var last = EventReader.Read(reader);
            if (last.Sequence > size) throw new HeadMovedException();
            this[last.Stream] = new StreamHead(Aggregate.Inbox, last.Version, last.LeafHash(), InboxState.Of(last.Recorded<InboxEvent>()));
        }
    }

    // Policies and the log itself have few events: they are folded from the first.
    private async Task ReplayAsync(string[] streams, long size, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {EventReader.Columns} from mt_events e where e.stream_id = any($1) order by e.seq_id");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = streams, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var stored = EventReader.Read(reader);
            if (stored.Sequence > size) throw new HeadMovedException();
            var head = this[stored.Stream];
            this[stored.Stream] = head with
            {
                Version = stored.Version,
                Last = stored.LeafHash(),
                State = head.Aggregate.Evolve(head.State, stored.Recorded<LedgerEvent>()),
            };
        }
    }
}
