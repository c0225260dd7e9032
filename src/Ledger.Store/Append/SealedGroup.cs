using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Store.Log;
using Ledger.Store.Projections;

namespace Ledger.Store.Append;

/// <summary>Everything that one commit writes, and whom to answer when it is durable.</summary>
internal sealed class SealedGroup
{
    private readonly List<(PendingSubmission Pending, int First, int Count, ReleaseState? Release)> _accepted = [];
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
    }

    /// <summary>Counts the last <paramref name="count"/> events as the submission's.</summary>
    public void Accept(PendingSubmission pending, int count, ReleaseState? release)
    {
        _accepted.Add((pending, Events.Count - count, count, release));
        if (pending.Submission.Key is { } key) Keys.Add((key, Before.Size + Events.Count - count + 1, count));
        if (pending.Submission.Evidence is { } evidence) Evidence.Add(evidence);
    }

    /// <summary>A refusal rests on the groups before this one, so it is told when they are durable.</summary>
    public void Refuse(PendingSubmission pending, Refusal refusal) => _refused.Add((pending, refusal));

    /// <summary>Deciding the submission failed by a bug or broken data.</summary>
    public void Fault(PendingSubmission pending, Exception exception) => _faulted.Add((pending, exception));

    /// <summary>What to answer to everybody once the group is durable.</summary>
    public IEnumerable<(PendingSubmission Pending, AppendResult Result)> Answers()
    {
        foreach (var (pending, first, count, release) in _accepted)
        {
            var last = first + count - 1;
            var receipt = new Receipt(Events[last].Sequence, Leaves[last], SizeAfter, Checkpoint);
            yield return (pending, new AppendResult.Appended(Events[first].Sequence, count, receipt, Replayed: false) { Release = release });
        }

        foreach (var (pending, refusal) in _refused) yield return (pending, new AppendResult.Refused(refusal));
        foreach (var (pending, exception) in _faulted) yield return (pending, new AppendResult.Faulted(exception));
    }
}
