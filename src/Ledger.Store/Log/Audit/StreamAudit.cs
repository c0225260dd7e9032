using Ledger.Domain;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Integrity.Notes;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// Follows every stream along the log: versions, the chain of leaf hashes, time, and the fold. It holds a stream's end and state, whose size
/// follows the policy, and one entry for each distinct piece of evidence; nothing else grows with the log. Not thread-safe.
/// </summary>
internal sealed class StreamAudit(VerifierKey key, ProblemList problems)
{
    private readonly Dictionary<string, AuditedStream> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<Hash, NamedEvidence> _evidence = [];
    private readonly Dictionary<(string Name, long Version), Digest> _policies = [];
    private readonly List<AuditedStream> _touched = [];
    private readonly List<AuditedRow> _followed = [];
    private readonly List<AuditedStream> _unfolded = [];
    private DateTimeOffset _lastTime = DateTimeOffset.MinValue;

    public IReadOnlyDictionary<string, AuditedStream> Streams => _streams;

    /// <summary>What events say of the evidence they name; where several name the same bytes, the first.</summary>
    public IReadOnlyDictionary<Hash, NamedEvidence> Evidence => _evidence;

    /// <summary>Takes the next event in the order of the log, whose leaf is the sealed one. <see cref="Fold"/> has to come before its row is used again.</summary>
    public void Follow(AuditedRow row)
    {
        if (!_streams.TryGetValue(row.Stream!, out var stream)) _streams.Add(row.Stream!, stream = new AuditedStream());
        row.StreamProblem = Problem(row, stream);
        (stream.Version, stream.Last) = (row.Version, row.Leaf);
        if (row.At > _lastTime) _lastTime = row.At;

        _followed.Add(row);
        if (!stream.IsTouched) _touched.Add(stream);
        stream.IsTouched = true;
        if (stream.Unfolded is var (first, last))
        {
            last.Next = row;
            stream.Unfolded = (first, row);
        }
        else
        {
            stream.Unfolded = (row, row);
            _unfolded.Add(stream);
        }
    }

    /// <summary>Ends a commit: its streams carry the time of its last event.</summary>
    /// <param name="time">Null where it cannot be told.</param>
    public void EndCommit(DateTimeOffset? time)
    {
        foreach (var stream in _touched)
        {
            stream.IsTouched = false;
            stream.IsTimeKnown = time is not null;
            stream.Updated = time ?? default;
            stream.Created ??= time;
        }

        _touched.Clear();
    }

    /// <summary>Folds what was followed since the last time: streams on all processors, and then, in the order of the log, what they have to do with one another.</summary>
    public void Fold()
    {
        Parallel.ForEach(_unfolded, stream => StreamFold.Run(stream, key));
        foreach (var row in _followed)
        {
            var shared = SharedProblem(row);
            if (row.StreamProblem is var (code, message)) problems.Add(code, message, row.Sequence, row.Stream);
            else if (shared is not null) problems.Add("event_inconsistent", shared, row.Sequence, row.Stream);
        }

        _unfolded.Clear();
        _followed.Clear();
    }

    private (string Code, string Message)? Problem(AuditedRow row, AuditedStream stream)
    {
        if (row.Version != stream.Version + 1) return ("version_gap", $"the event has the version {row.Version}, but the stream's last one is {stream.Version}");
        if (row.Prev != stream.Last) return ("chain_broken", "the event does not name the leaf hash of its stream's last event");
        return row.At < _lastTime ? ("time_decreases", "the event is older than the one before it") : null;
    }

    private string? SharedProblem(AuditedRow row)
    {
        switch (row)
        {
            case { Event: PolicyEvent.Published published }:
                _policies[(published.Policy.Name, published.Policy.Version)] = published.Policy.Digest;
                return null;
            case { Event: ReleaseEvent.Opened { Policy: var pinned } }:
                return _policies.TryGetValue((pinned.Name, pinned.Version), out var digest) && digest == pinned.Digest
                    ? null
                    : "the release is pinned to a policy that was not published before it";
            case { Evidence: var (hash, named) }:
                return _evidence.TryAdd(hash, named) || _evidence[hash].Size == named.Size ? null : "the evidence has another size than an earlier event says";
            default:
                return null;
        }
    }
}
