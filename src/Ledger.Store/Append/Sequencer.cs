using System.Diagnostics;
using System.Threading.Channels;
using Ledger.Integrity;
using Ledger.Integrity.Notes;
using Ledger.Store.Log;
using Microsoft.Extensions.Logging;
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

    private static readonly AppendResult NotAppended = new AppendResult.Unavailable(OutcomeUnknown: false);
    private static readonly AppendResult OutcomeUnknown = new AppendResult.Unavailable(OutcomeUnknown: true);

    private readonly NpgsqlDataSource _database;
    private readonly SequencerOptions _options;
    private readonly GroupBuilder _builder;
    private readonly CheckpointFile _checkpoints;
    private readonly Channel<PendingSubmission> _queue = Channel.CreateUnbounded<PendingSubmission>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _slots;
    private readonly Dictionary<Hash, PendingSubmission> _keysUnderWay = [];
    private readonly Task _loop;
    private readonly ILogger _logger;

    private TreeEdge _durable;
    private Task<bool> _newest = Task.FromResult(true);
    private int _waiting;
    private volatile bool _broken;
    private volatile string? _refusing;

    private Sequencer(
        NpgsqlDataSource database, GroupBuilder builder, TreeEdge durable, CheckpointFile checkpoints, SequencerOptions options, ILogger logger)
    {
        (_database, _builder, _durable, _checkpoints, _options, _logger) = (database, builder, durable, checkpoints, options, logger);
        _slots = new SemaphoreSlim(options.GroupsInFlight);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Why this sequencer takes no writes any more, ever; null while it does. The log it stands on is not the one it wrote.</summary>
    public string? Refusing => _refusing;

    /// <summary>Told of every group that became durable here, on the write path's own time: whoever listens only takes note, and does not throw.</summary>
    public event Action? Committed;

    /// <summary>Starts the write path over a log that has been found sound.</summary>
    /// <param name="database">Connections of the server's role.</param>
    /// <param name="policies">Shared with the readers.</param>
    /// <param name="signer">Signs the checkpoints; its name is the log's origin.</param>
    /// <param name="checkpoints">Where the newest signed checkpoint is kept outside the database.</param>
    /// <param name="clock">The server's clock.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="logger">Told of every commit that failed.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="InvalidDataException">The stored tree is not the one that the head or the kept checkpoint states.</exception>
    public static async Task<Sequencer> StartAsync(
        NpgsqlDataSource database,
        PolicyCache policies,
        NoteSigner signer,
        CheckpointFile checkpoints,
        TimeProvider clock,
        SequencerOptions options,
        ILogger logger,
        CancellationToken cancellation = default)
    {
        var edge = await SoundLog.CheckAsync(database, signer.VerifierKey, checkpoints, cancellation);
        var builder = new GroupBuilder(
            new StreamCache(database), new RecordedSamples(database, options.GroupsInFlight), new KeyHolders(database), policies, signer, clock);
        builder.Reset(edge.Copy(), await LastTimeAsync(database, cancellation));
        return new Sequencer(database, builder, edge, checkpoints, options, logger);
    }

    /// <summary>Carries a submission out, durably, or says why not.</summary>
    /// <returns>When the answer is final. It cannot be cancelled: whoever stops waiting does not stop the append.</returns>
    public async Task<AppendResult> SubmitAsync(Submission submission)
    {
        var pending = new PendingSubmission(submission);
        if (Interlocked.Increment(ref _waiting) > _options.WaitingCount || _refusing is not null || !_queue.Writer.TryWrite(pending))
            pending.Complete(NotAppended);
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
        for (var slot = 0; slot < _options.GroupsInFlight; slot++) await _slots.WaitAsync();
        _slots.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            await _slots.WaitAsync();
            var taken = new List<PendingSubmission>();
            var batch = Take(taken);
            try
            {
                if (_broken) await StartOverAsync();
                var started = Stopwatch.GetTimestamp();
                var group = _builder.Begin();
                do
                {
                    await _builder.DecideAsync(group, await WithoutRepetitionsAsync(batch), CancellationToken.None);
                }
                while (await MoreBeforeTheOneBeforeIsDurableAsync() && (batch = Take(taken)).Count > 0);

                _builder.Seal(group);
                SequencerMetrics.DecideSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
                var durable = new TaskCompletionSource<bool>();
                _ = CommitAsync(group, _newest, durable);
                _newest = durable.Task;
            }
            catch (HeadMovedException)
            {
                _broken = true;
                foreach (var pending in taken.Where(pending => !pending.Done.IsCompleted)) Again(pending);
                _slots.Release();
            }
            catch (Exception exception)
            {
                // Nothing of this group was sent, so nothing of it was written.
                _broken = true;
                if (exception is InvalidDataException) _refusing = exception.Message;
                _logger.NotDecided(exception, taken.Count);
                foreach (var pending in taken) Finish(pending, NotAppended);
                _slots.Release();
            }
        }
    }

    // A group cannot be sent before the one before it is durable: until then it grows, because a flush costs the same for all of them.
    private async Task<bool> MoreBeforeTheOneBeforeIsDurableAsync()
    {
        if (_newest.IsCompleted) return false;
        await Task.WhenAny(_newest, _queue.Reader.WaitToReadAsync().AsTask());
        return !_newest.IsCompleted && _queue.Reader.TryPeek(out _);
    }

    /// <summary>Takes what waits, as far as it still fits into a group that holds <paramref name="taken"/>, and adds it there.</summary>
    private List<PendingSubmission> Take(List<PendingSubmission> taken)
    {
        var batch = new List<PendingSubmission>();
        var bytes = taken.Sum(pending => (long)(pending.Submission.Evidence?.Bytes.Length ?? 0));
        while (taken.Count + batch.Count < _options.GroupCount && bytes < _options.GroupBytes && _queue.Reader.TryRead(out var pending))
        {
            batch.Add(pending);
            bytes += pending.Submission.Evidence?.Bytes.Length ?? 0;
        }

        taken.AddRange(batch);
        return batch;
    }

    /// <summary>Forgets what ran ahead, and goes on from what is durable.</summary>
    /// <exception cref="InvalidDataException">What is durable is not what this sequencer wrote: it must not write on top of it.</exception>
    private async Task StartOverAsync()
    {
        await _newest;
        if (_refusing is { } reason) throw new InvalidDataException(reason);

        var edge = _durable.Copy();
        await LogTree.CatchUpAsync(_database, edge, tiles: null, CancellationToken.None);
        await SoundLog.CheckHeadAsync(_database, edge, CancellationToken.None);
        _builder.Reset(edge.Copy(), await LastTimeAsync(_database, CancellationToken.None));
        _durable = edge;
        _newest = Task.FromResult(true);
        _broken = false;
    }

    // A key is looked up before its command is decided: among the submissions under way, then in the log.
    private async Task<List<PendingSubmission>> WithoutRepetitionsAsync(List<PendingSubmission> batch)
    {
        var first = batch.Where(pending => !FollowsAnother(pending)).ToList();
        var keys = first.Where(pending => pending.Submission.Key is not null).Select(pending => pending.Submission.Key!.Key).ToList();
        if (keys.Count == 0) return first;

        var known = await Idempotency.FindAsync(_database, keys, CancellationToken.None);
        if (known.Count == 0) return first;
        var rest = new List<PendingSubmission>(first.Count);
        foreach (var pending in first)
        {
            if (pending.Submission.Key is not { } key || !known.TryGetValue(key.Key, out var earlier)) rest.Add(pending);
            else Finish(pending, earlier.Request == key.Request ? earlier.Answer : new AppendResult.Refused(Idempotency.KeyReused));
        }

        return rest;
    }

    private bool FollowsAnother(PendingSubmission pending)
    {
        if (pending.Submission.Key is not { } key) return false;
        lock (_keysUnderWay)
        {
            if (_keysUnderWay.TryAdd(key.Key, pending) || _keysUnderWay[key.Key] == pending) return false;
            _keysUnderWay[key.Key].Followers.Add(pending);
            return true;
        }
    }

    private void Finish(PendingSubmission pending, AppendResult result)
    {
        lock (_keysUnderWay)
        {
            if (pending.Submission.Key is { } key && _keysUnderWay.GetValueOrDefault(key.Key) == pending) _keysUnderWay.Remove(key.Key);
            pending.Complete(result);
        }
    }

    /// <summary>Writes the group when the one before it is durable, and answers its members.</summary>
    /// <param name="group">Decided and sealed.</param>
    /// <param name="before">Whether the group before it is durable.</param>
    /// <param name="durable">Told whether this one is, before anybody is answered: the loop goes on in that very call, and sends the next group first.</param>
    private async Task CommitAsync(SealedGroup group, Task<bool> before, TaskCompletionSource<bool> durable)
    {
        using var batch = group.Events.Count > 0 ? GroupWriter.Prepare(group) : null;
        var written = !await before ? Written.HeadMoved : batch is null ? Written.Yes : await WriteAsync(batch, group.Events.Count);
        if (written != Written.Yes) _broken = true;
        durable.SetResult(written == Written.Yes);
        if (written == Written.Yes)
        {
            if (batch is not null) _checkpoints.Write(group.SizeAfter, group.Checkpoint);
            foreach (var (pending, result) in group.Answers()) Finish(pending, result);
            if (batch is not null) Committed?.Invoke();
        }
        else
        {
            foreach (var pending in group.Members)
            {
                if (written == Written.HeadMoved) Again(pending);
                else Finish(pending, written == Written.Unknown ? OutcomeUnknown : NotAppended);
            }
        }

        _slots.Release();
    }

    private void Again(PendingSubmission pending)
    {
        SequencerMetrics.Retries.Add(1);
        if (pending.Attempts >= AttemptsAtMost || !_queue.Writer.TryWrite(pending)) Finish(pending, NotAppended);
    }

    private async Task<Written> WriteAsync(NpgsqlBatch batch, int events)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            await using var connection = await _database.OpenConnectionAsync();
            batch.Connection = connection;
            await batch.ExecuteNonQueryAsync();
            SequencerMetrics.CommitSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
            SequencerMetrics.GroupEvents.Record(events);
            SequencerMetrics.Events.Add(events);
            return Written.Yes;
        }
        catch (PostgresException refused) when (refused.SqlState is HeadMoved or PostgresErrorCodes.UniqueViolation)
        {
            return Written.HeadMoved;
        }
        catch (PostgresException refused) when (!IsConnectionLost(refused.SqlState))
        {
            _logger.NotCommitted(refused, events);
            return Written.No;
        }
        catch (Exception exception)
        {
            _logger.CommitUnknown(exception, events);
            return Written.Unknown;
        }
    }

    // The classes 08 and 57P say that the connection ended; the server may have committed before it did.
    private static bool IsConnectionLost(string sqlState) =>
        sqlState.StartsWith("08", StringComparison.Ordinal) || sqlState.StartsWith("57P", StringComparison.Ordinal);

    private static async Task<DateTimeOffset> LastTimeAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select timestamp from mt_events order by seq_id desc limit 1");
        return await command.ExecuteScalarAsync(cancellation) is DateTime time ? new DateTimeOffset(time) : DateTimeOffset.MinValue;
    }

    private enum Written
    {
        Yes,
        HeadMoved,
        No,
        Unknown,
    }
}
