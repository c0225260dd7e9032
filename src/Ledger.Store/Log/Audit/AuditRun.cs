using System.Diagnostics;
using Ledger.Integrity;
using Ledger.Integrity.Notes;
using Ledger.Store.Log.Witnesses;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>One audit over one snapshot. Not thread-safe; used once.</summary>
internal sealed class AuditRun
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ProblemList _problems = new();
    private readonly NpgsqlConnection _connection;
    private readonly VerifierKey _key;
    private readonly CheckpointTrust _trust;
    private readonly TreeAudit _tree;
    private readonly StreamAudit _streams;
    private readonly EventPlaceAudit _places;
    private long _last;
    private long _events;

    public AuditRun(NpgsqlConnection connection, VerifierKey key, CheckpointTrust trust)
    {
        (_connection, _key, _trust) = (connection, key, trust);
        _tree = new TreeAudit(key, _problems);
        _streams = new StreamAudit(key, _problems);
        _places = new EventPlaceAudit(_problems);
    }

    public ProblemList Problems => _problems;

    /// <param name="trusted">Checkpoints from outside the database that the log must contain, with what to call them.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<AuditReport> RunAsync(IReadOnlyList<(string Name, Checkpoint Checkpoint)> trusted, CancellationToken cancellation)
    {
        foreach (var (_, checkpoint) in trusted) _tree.Watch(checkpoint.Size);
        await FollowAsync(cancellation);
        _streams.End();
        foreach (var (name, checkpoint) in trusted) CheckTrusted(name, checkpoint);

        await HeadAudit.CheckHeadAsync(_connection, _tree.Size, _tree.Root(), _problems, cancellation);
        await TileAudit.CheckAsync(_connection, _tree.Tiles, _problems, cancellation);
        await StreamTableAudit.CheckAsync(_connection, _streams.Streams, _problems, cancellation);
        await ProjectionAudit.CheckAsync(_connection, _streams.Streams, _problems, cancellation);
        await TermAudit.CheckAsync(_connection, _streams.Streams, _problems, cancellation);
        await MeasurementAudit.CheckAsync(_connection, _problems, cancellation);
        await _places.CheckAsync(_connection, _tree.Size, cancellation);
        await InboxAudit.CheckAsync(_connection, _problems, cancellation);
        await EvidenceAudit.CheckAsync(_connection, _streams.Evidence, _problems, cancellation);
        await HeadAudit.CheckKeysAsync(_connection, _tree.Size, _problems, cancellation);
        await WitnessAudit.CheckAsync(_connection, _key, _trust, _problems, cancellation);
        await MigrationAudit.CheckAsync(_connection, _problems, cancellation);
        await TriggerAudit.CheckAsync(_connection, _problems, cancellation);
        await FunctionAudit.CheckAsync(_connection, _problems, cancellation);
        await GrantAudit.CheckAsync(_connection, _problems, cancellation);
        return new AuditReport(
            _problems.Count == 0, _events, _tree.Size, _tree.Root(), _problems.Listed, _problems.Count, _problems.FirstBad, Stopwatch.GetElapsedTime(_started));
    }

    // Three stages, each on a processor of its own if there are so many: PostgreSQL sends rows, a thread reads them and recomputes their
    // leaves, and here the section before is followed through tree, streams and folds, in order. More threads would wait for PostgreSQL.
    private async Task FollowAsync(CancellationToken cancellation)
    {
        using var sections = new LogScan(_connection).Read(cancellation).GetEnumerator();
        for (var next = ReadNext(); await next;)
        {
            var section = sections.Current;
            next = ReadNext();
            try
            {
                Follow(section);
            }
            finally
            {
                await Task.WhenAny(next); // the connection is not free before
            }
        }

        Task<bool> ReadNext() => Task.Factory.StartNew(sections.MoveNext, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Follow(LogSection section)
    {
        _events += section.Rows.Count;
        _tree.CheckCheckpoints(section.Seals);
        var rows = new Queue<AuditedRow>(section.Rows);
        foreach (var seal in section.Seals) FollowSealed(seal, rows);
        if (section.Seals.Count == 0) FollowUnsealed(section);
    }

    private void FollowSealed(SealRow seal, Queue<AuditedRow> rows)
    {
        if (seal.Before > _last)
        {
            _problems.Add("event_missing", $"the events up to sequence {seal.Before} and their seal are missing", _last + 1);
            _last = seal.Before;
        }

        var first = _last + 1;
        var covered = new AuditedRow?[Math.Max(0, seal.Size - _last)];
        while (rows.TryPeek(out var row) && row.Sequence <= seal.Size)
        {
            rows.Dequeue();
            if (row.Sequence < first || covered[row.Sequence - first] is not null) _problems.Add("event_repeated", "the sequence number is there twice", row.Sequence, row.Stream);
            else covered[row.Sequence - first] = row;
        }

        var leaves = _tree.Grow(seal, Array.ConvertAll(covered, row => row?.Leaf));
        for (var i = 0; i < covered.Length; i++) FollowEvent(first + i, covered[i], i < leaves.Length ? leaves[i] : null);
        _streams.EndCommit(covered.Length > 0 && covered[^1] is { Leaf: not null } last && leaves.Length > 0 && last.Leaf == leaves[^1] ? last.At : null);
        _last = Math.Max(_last, seal.Size);
    }

    private void FollowEvent(long sequence, AuditedRow? row, Hash? leaf)
    {
        if (row is null)
        {
            _problems.Add("event_missing", "the event is missing; the seals hold its leaf", sequence);
            return;
        }

        if (row.Problem is var (code, message)) _problems.Add(code, message, sequence, row.Stream);
        else if (row.Leaf != leaf) _problems.Add("leaf_differs", "the leaf recomputed from the row is not the one that was sealed", sequence, row.Stream);
        if (row.Leaf is null || row.Leaf != leaf) return;
        _streams.Follow(row);
        _places.Follow(row);
    }

    private void FollowUnsealed(LogSection section)
    {
        foreach (var row in section.Rows)
        {
            _problems.Add("event_unsealed", "no seal covers the event", row.Sequence, row.Stream);
            if (!section.IsFollowed || row.Leaf is not { } leaf || row.Sequence != _tree.Size + 1) continue;
            _tree.GrowUnsealed([leaf]);
            _streams.Follow(row);
            _places.Follow(row);
            _last = row.Sequence;
        }

        _streams.EndCommit(null);
    }

    private void CheckTrusted(string name, Checkpoint trusted)
    {
        if (_tree.RootAt(trusted.Size) is not { } root)
            _problems.Add("rolled_back", $"{name} is of a tree of {trusted.Size} leaves, but the log has {_tree.Size}: it was set back to an earlier state");
        else if (root != trusted.Root)
            _problems.Add("forked", $"{name} is of another tree of {trusted.Size} leaves than the log's: it is a fork");
    }
}
