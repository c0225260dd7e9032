using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.Log;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Integrity;
using Ledger.Integrity.Notes;
using Ledger.Store.Append;
using Ledger.Store.Projections;

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
    private DateTimeOffset _lastTime = DateTimeOffset.MinValue;

    public IReadOnlyDictionary<string, AuditedStream> Streams => _streams;

    /// <summary>What events say of the evidence they name; where several name the same bytes, the first.</summary>
    public IReadOnlyDictionary<Hash, NamedEvidence> Evidence => _evidence;

    /// <summary>Takes the next event in the order of the log, whose leaf is the sealed one.</summary>
    public void Follow(AuditedRow row)
    {
        if (!_streams.TryGetValue(row.Stream!, out var stream)) _streams.Add(row.Stream!, stream = new AuditedStream());
        if (Problem(row, stream) is var (code, message))
        {
            problems.Add(code, message, row.Sequence, row.Stream);
            stream.IsBroken = true;
        }

        (stream.Version, stream.Last) = (row.Version, row.Leaf);
        if (!stream.IsTouched) _touched.Add(stream);
        stream.IsTouched = true;
        if (row.At > _lastTime) _lastTime = row.At;
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

    /// <summary>Ends the log: what had to follow and did not is missing.</summary>
    public void End()
    {
        foreach (var (id, stream) in _streams)
            if (stream.Triggers.End() is { } missing && !stream.IsBroken) problems.Add("trigger_differs", missing, stream: id);
    }

    private (string Code, string Message)? Problem(AuditedRow row, AuditedStream stream)
    {
        if (row.Version != stream.Version + 1) return ("version_gap", $"the event has the version {row.Version}, but the stream's last one is {stream.Version}");
        if (row.Prev != stream.Last) return ("chain_broken", "the event does not name the leaf hash of its stream's last event");
        if (row.At < _lastTime) return ("time_decreases", "the event is older than the one before it");
        return FoldProblem(row, stream);
    }

    // An event is read where it is folded and gone before the next one: kept for a section, they would be most of the garbage of an audit.
    private (string Code, string Message)? FoldProblem(AuditedRow row, AuditedStream stream)
    {
        LedgerEvent @event;
        try
        {
            @event = EventJson.Read(row.Type, row.Data.Span);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return ("event_unknown", $"the event cannot be read: {exception.Message}");
        }

        stream.IsBroken |= row.Actor is null; // the row's own problem says why
        if (stream.IsBroken || row.Actor is null) return null;
        try
        {
            var before = stream.State;
            stream.Aggregate ??= Aggregate.Of(row.Stream!);
            stream.State = stream.Aggregate.Evolve(stream.State, new Recorded<LedgerEvent>(row.Sequence, row.Version, row.At, row.Actor, @event));
            foreach (var term in EventTerms.Of(@event, row.Sequence)) stream.Terms.TryAdd(term, row.Sequence);
            if (stream.Triggers.Follow(@event, before as ReleaseState, row.Version) is { } untrue) return ("trigger_differs", untrue);
            return ContentProblem(row, @event) is { } message ? ("event_inconsistent", message) : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return ("event_does_not_follow", $"the event cannot follow in its stream: {exception.Message}");
        }
    }

    private string? ContentProblem(AuditedRow row, LedgerEvent @event)
    {
        switch (@event)
        {
            case LogEvent.Created created:
                return created.Origin == key.Name && created.VerifierKey == key.ToString() ? null : "the log was created under another origin or key";
            case PolicyEvent.Published published:
                _policies[(published.Policy.Name, published.Policy.Version)] = published.Policy.Digest;
                if (PolicyCommand.StreamOf(published.Policy.Name) != row.Stream) return "the policy belongs to another stream";
                return PolicyCache.DigestOf(published.Document) == published.Policy.Digest ? null : "the policy does not have the digest under which it was published";
            case ReleaseEvent.Opened opened:
                if (ReleaseId.TryCreate(opened.Service, opened.Version)?.StreamKey != row.Stream) return "the release belongs to another stream";
                return _policies.TryGetValue((opened.Policy.Name, opened.Policy.Version), out var digest) && digest == opened.Policy.Digest
                    ? null
                    : "the release is pinned to a policy that was not published before it";
            case ReleaseEvent or InboxEvent when EventEvidence.Of(@event) is { } evidence:
                if (InboxProblem(row, @event) is { } misplaced) return misplaced;
                if (!Hash.TryParseHex(evidence.Digest.Hex, out var hash)) return "the evidence has no digest";
                return _evidence.TryAdd(hash, new NamedEvidence(evidence.Size, evidence.MediaType)) || _evidence[hash].Size == evidence.Size ? null : "the evidence has another size than an earlier event says";
            case InboxEvent:
                return InboxProblem(row, @event);
            case ReleaseEvent.SignedOff signedOff:
                return SignedContent.Problem(signedOff, _streams.GetValueOrDefault(SignerId.StreamOf(signedOff.Signer))?.State as SignerState);
            case SignerEvent signer:
                return SignedContent.Problem(signer, row.Stream);
            default:
                return null;
        }
    }

    // What came from a source's stream, or went to a release, is there.
    private string? InboxProblem(AuditedRow row, LedgerEvent @event) => @event switch
    {
        InboxEvent inbox when Inbox.StreamOf(inbox.Source) != row.Stream => "the event belongs to another source's stream",
        InboxEvent.Assigned assigned when ReleaseId.TryParse(assigned.Release) is not { } release || !Has(release.StreamKey, assigned.Placed, row) => "the release has no event that records what was assigned to it",
        ExternalEvent.Kept { From: { } from } kept when !Has(Inbox.StreamOf(kept.Source), from, row) => "the source's stream has no event that it came from",
        _ => null,
    };

    private bool Has(string stream, EventReference named, AuditedRow by) =>
        named.Sequence < by.Sequence && named.Version >= 1 && _streams.TryGetValue(stream, out var known) && named.Version <= known.Version;
}
