using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Store.Log;
using Ledger.Store.Projections;

namespace Ledger.Store.Append;

/// <summary>Everything that one commit writes, and whom to answer when it is durable.</summary>
internal sealed class SealedGroup
{
    private readonly List<(PendingSubmission Pending, int First, IReadOnlyList<LedgerEvent> Events, ReleaseState? Release)> _accepted = [];
    private readonly List<(PendingSubmission Pending, Refusal Refusal)> _refused = [];
    private readonly List<(PendingSubmission Pending, Exception Exception)> _faulted = [];

    /// <summary>The tree before this group: what a failed commit falls back to.</summary>
    public required TreeEdge Before { get; init; }

    public long SizeAfter => Before.Size + Events.Count;

    public Hash Root { get; set; }

    public string Checkpoint { get; set; } = string.Empty;

    public List<EventRow> Events { get; } = [];

    public List<Hash> Leaves { get; } = [];

    public List<TileRow> Tiles { get; } = [];

    /// <summary>Where each stream of the group ended before it, and ends after it.</summary>
    public Dictionary<string, (StreamHead Before, StreamHead After)> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>The facts of each release that the group changes, as its projection's row will have them.</summary>
    public Dictionary<string, (ReleaseState State, byte[] Facts)> Facts { get; } = new(StringComparer.Ordinal);

    /// <summary>Each gate's state that the group changes, as its projection's row will have it.</summary>
    public Dictionary<(string Stream, string Gate), byte[]> Gates { get; } = [];

    /// <summary>The deployment of each release that the group changes, as its projection's row will have it.</summary>
    public Dictionary<string, DeploymentChange> Deployments { get; } = new(StringComparer.Ordinal);

    /// <summary>Which measurements the group records, and of which stream.</summary>
    public List<(string Stream, byte[] Identity)> Measurements { get; } = [];

    /// <summary>What events are found by, of the blocks that the group fills and that were decided from their first event on.</summary>
    public List<EventBlock> Blocks { get; } = [];

    public List<EvidenceBytes> Evidence { get; } = [];

    public List<(IdempotencyKey Key, long Sequence, int Count)> Keys { get; } = [];

    public IEnumerable<PendingSubmission> Members =>
        [.. _accepted.Select(entry => entry.Pending), .. _refused.Select(entry => entry.Pending), .. _faulted.Select(entry => entry.Pending)];

    /// <summary>
    /// Moves a stream's end. What its projection will say is written down here and now, while the group before this one commits, and not
    /// when everybody waits for this one to be sent.
    /// </summary>
    public void Move(string stream, StreamHead from, StreamHead to)
    {
        Streams[stream] = (Streams.TryGetValue(stream, out var earlier) ? earlier.Before : from, to);
        if (to.State is not ReleaseState release) return;
        var changes = ReleaseProjection.Changes((ReleaseState?)from.State, release);
        if (changes.Facts is { } facts) Facts[stream] = (release, facts);
        foreach (var (gate, state) in changes.Gates) Gates[(stream, gate)] = state;
        if (changes.Deployment is { } deployment) Deployments[stream] = deployment with { Terms = deployment.Terms ?? Deployments.GetValueOrDefault(stream)?.Terms };
    }

    /// <summary>Counts <paramref name="events"/>, the last that were added, as the submission's.</summary>
    public void Accept(PendingSubmission pending, IReadOnlyList<LedgerEvent> events, ReleaseState? release)
    {
        _accepted.Add((pending, Events.Count - events.Count, events, release));
        if (pending.Submission.Key is { } key) Keys.Add((key, Before.Size + Events.Count - events.Count + 1, events.Count));
        if (pending.Submission.Evidence is { } evidence) Evidence.Add(evidence);
    }

    /// <summary>A refusal rests on the groups before this one, so it is told when they are durable.</summary>
    public void Refuse(PendingSubmission pending, Refusal refusal) => _refused.Add((pending, refusal));

    /// <summary>Deciding the submission failed by a bug or broken data.</summary>
    public void Fault(PendingSubmission pending, Exception exception) => _faulted.Add((pending, exception));

    /// <summary>What to answer to everybody once the group is durable.</summary>
    public IEnumerable<(PendingSubmission Pending, AppendResult Result)> Answers()
    {
        foreach (var (pending, first, events, release) in _accepted)
        {
            var last = first + events.Count - 1;
            var receipt = new Receipt(Events[last].Sequence, Leaves[last], SizeAfter, Checkpoint);
            yield return (pending, new AppendResult.Appended(Events[first].Sequence, events.Count, receipt, Replayed: false) { Release = release, Events = events });
        }

        foreach (var (pending, refusal) in _refused) yield return (pending, new AppendResult.Refused(refusal));
        foreach (var (pending, exception) in _faulted) yield return (pending, new AppendResult.Faulted(exception));
    }
}
