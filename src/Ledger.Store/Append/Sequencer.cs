using System.Threading.Channels;
using Ledger.Integrity;
using Ledger.Integrity.Notes;
using Ledger.Store.Log;
using Npgsql;

namespace Ledger.Store.Append;

/// <summary>
/// The write path of a node: one loop that takes what is waiting, decides it, seals it and commits it as a group. So sequence numbers are
/// dense, commit order is log order, and there are no conflicts within a node. Other nodes may append too: the head's compare-and-set
/// lets one of two groups through, and the other is decided again. Thread-safe.
/// </summary>
public sealed class Sequencer : IAsyncDisposable
{
    private const string HeadMoved = "LG001";
    private const int AttemptsAtMost = 100;

    private readonly NpgsqlDataSource _database;
    private readonly SequencerOptions _options;
    private readonly GroupBuilder _builder;
    private readonly CheckpointFile _checkpoints;
    private readonly Channel<PendingSubmission> _queue = Channel.CreateUnbounded<PendingSubmission>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _slots;
    private readonly Dictionary<Hash, PendingSubmission> _keysUnderWay = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;

    private TreeEdge _durable;
    private Task<bool> _newest = Task.FromResult(true);
    private int _waiting;
    private volatile bool _broken;

    private Sequencer(NpgsqlDataSource database, GroupBuilder builder, TreeEdge durable, CheckpointFile checkpoints, SequencerOptions options)
    {
        (_database, _builder, _durable, _checkpoints, _options) = (database, builder, durable, checkpoints, options);
        _slots = new SemaphoreSlim(options.GroupsInFlight);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Starts the write path over a log that has been found sound.</summary>
    /// <param name="database">Connections of the server's role.</param>
    /// <param name="policies">Shared with the readers.</param>
    /// <param name="signer">Signs the checkpoints; its name is the log's origin.</param>
    /// <param name="checkpoints">Where the newest signed checkpoint is kept outside the database.</param>
    /// <param name="clock">The server's clock.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="cancellation">Gives up starting.</param>
    public static async Task<Sequencer> StartAsync(
        NpgsqlDataSource database,
        PolicyCache policies,
        NoteSigner signer,
        CheckpointFile checkpoints,
        TimeProvider clock,
        SequencerOptions options,
        CancellationToken cancellation = default)
    {
        var builder = new GroupBuilder(new StreamCache(database), policies, signer, clock);
        var edge = await LogTree.LoadAsync(database, cancellation);
        builder.Reset(edge.Copy(), await LastTimeAsync(database, cancellation));
        return new Sequencer(database, builder, edge, checkpoints, options);
    }

    /// <summary>Carries a submission out, durably, or says why not.</summary>
    /// <returns>When the answer is final. It cannot be cancelled: whoever stops waiting does not stop the append.</returns>
    public async Task<AppendResult> SubmitAsync(Submission submission)
    {
        var pending = new PendingSubmission(submission);
        if (Interlocked.Increment(ref _waiting) > _options.WaitingCount || !_queue.Writer.TryWrite(pending))
            pending.Complete(new AppendResult.Unavailable(OutcomeUnknown: false));
        try
        {
            return await pending.Done;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Takes no more submissions, finishes those that wait, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete()) return;
        await _loop;
        await _newest;
        await _stopping.CancelAsync();
        _stopping.Dispose();
        _slots.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            await _slots.WaitAsync();
            var batch = new List<PendingSubmission>();
            try
            {
                if (_broken) await StartOverAsync();
                batch = await WithoutRepetitionsAsync(Take());
                var group = await _builder.BuildAsync(batch, _stopping.Token);
                _newest = CommitAsync(group, _newest);
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidDataException or TimeoutException)
            {
                // Nothing of this batch was sent, so nothing of it was written.
                _broken = true;
                Fail(batch.Concat(Take()), new AppendResult.Unavailable(OutcomeUnknown: false));
                _slots.Release();
            }
        }
    }

    private List<PendingSubmission> Take()
    {
        var batch = new List<PendingSubmission>();
        var bytes = 0L;
        while (batch.Count < _options.GroupCount && bytes < _options.GroupBytes && _queue.Reader.TryRead(out var pending))
        {
            batch.Add(pending);
            bytes += pending.Submission.Evidence?.Bytes.Length ?? 0;
        }

        return batch;
    }

    // A key is looked up before its command is decided: among the submissions under way, then in the log.
    private async Task<List<PendingSubmission>> WithoutRepetitionsAsync(List<PendingSubmission> batch)
    {
        var leaders = new Dictionary<Hash, PendingSubmission>();
        var rest = new List<PendingSubmission>(batch.Count);
        foreach (var pending in batch)
        {
            if (pending.Submission.Key is not { } key) rest.Add(pending);
            else if (!Follow(key.Key, pending)) leaders.Add(key.Key, pending);
        }

        if (leaders.Count == 0) return rest;
        try
        {
            var known = await Idempotency.FindAsync(_database, leaders.Keys, _stopping.Token);
            foreach (var (key, pending) in leaders)
            {
                if (!known.TryGetValue(key, out var first)) rest.Add(pending);
                else Finish(pending, first.Request == pending.Submission.Key!.Request ? first.Answer : new AppendResult.Refused(Idempotency.KeyReused));
            }
        }
        catch (NpgsqlException)
        {
            Fail(rest.Concat(leaders.Values), new AppendResult.Unavailable(OutcomeUnknown: false));
            throw;
        }

        return rest;
    }

    private bool Follow(Hash key, PendingSubmission pending)
    {
        lock (_keysUnderWay)
        {
            if (_keysUnderWay.TryAdd(key, pending) || _keysUnderWay[key] == pending) return false;
            _keysUnderWay[key].Followers.Add(pending);
            return true;
        }
    }

    /// <summary>Answers whether the group, and every one before it, is durable.</summary>
    private async Task<bool> CommitAsync(SealedGroup group, Task<bool> before)
    {
        AppendResult? failure = null;
        try
        {
            if (group.Events.Count > 0)
            {
                await using var connection = await _database.OpenConnectionAsync(_stopping.Token);
                await GroupWriter.WriteAsync(connection, group, _stopping.Token);
            }
        }
        catch (PostgresException refused) when (!refused.IsTransient || refused.SqlState == HeadMoved)
        {
            failure = refused.SqlState == HeadMoved ? null : new AppendResult.Unavailable(OutcomeUnknown: false);
            _broken = true;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            failure = new AppendResult.Unavailable(OutcomeUnknown: true);
            _broken = true;
        }

        return false;
    }
}
