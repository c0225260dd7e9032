using Npgsql;
using NpgsqlTypes;
using Ledger.Store.Log;

namespace Ledger.Store.Append;

/// <summary>
/// The ends of the streams that were touched lately. A miss reads the projection document and the stream's last event, so that it costs the
/// same however long the stream is. Owned by the sequencer's loop.
/// </summary>
internal sealed class StreamCache(NpgsqlDataSource database)
{
    private const int Capacity = 4096;

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
    public async Task LoadAsync(IEnumerable<string> streams, CancellationToken cancellation)
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
        foreach (var kind in missing.GroupBy(Aggregate.Of)) await LoadAsync(kind.Key, [.. kind], cancellation);
    }

    private void Forget()
    {
        var old = _heads.Where(entry => entry.Value.Group <= _group - GroupsKept).OrderBy(entry => entry.Value.Group).Select(entry => entry.Key);
        foreach (var stream in old.Take(Capacity / 2).ToList()) _heads.Remove(stream);
    }

    private async Task LoadAsync(Aggregate aggregate, string[] streams, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            select d.data, {EventReader.Columns}
            from mt_streams s
            join mt_events e on e.stream_id = s.id and e.version = s.version
            join mt_doc_{aggregate.Name} d on d.id = s.id
            where s.id = any($1)
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = streams, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var last = EventReader.Read(reader, 1);
            this[last.Stream] = new StreamHead(
                aggregate, last.Version, last.LeafHash(), StreamDocument.ReadState(aggregate, reader.GetFieldValue<byte[]>(0)));
        }
    }
}
