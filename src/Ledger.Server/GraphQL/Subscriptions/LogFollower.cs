using System.Runtime.CompilerServices;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Subscriptions;

/// <summary>
/// Follows the log for everybody who wants to hear of it: one reader a process, however many listen. The newest events are kept in memory; whoever is
/// behind them, because they begin earlier or read slowly, reads pages of their own until they have caught up. So nothing is lost and nothing is
/// repeated, and nobody is waited for. Thread-safe.
/// </summary>
internal sealed class LogFollower : IAsyncDisposable
{
    private const int Page = 500;
    private const int KeptMax = 4_096;

    // Another node's commits are found by looking; this node's are told.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly LedgerStore _store;
    private readonly ILogger<LogFollower> _logger;
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly Lock _lock = new();
    private readonly Queue<StoredEvent> _kept = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position = -1;
    private int _listeners;
    private Task? _following;

    public LogFollower(LedgerStore store, ILogger<LogFollower> logger)
    {
        (_store, _logger) = (store, logger);
        store.Committed += Notice;
    }

    /// <summary>The log's events from one place on, as they come, without end.</summary>
    /// <param name="from">The first place that is wanted; null for whatever comes from now on.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<StoredEvent> FromAsync(long? from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ended.Token);
        var next = from ?? await _store.Events.SizeAsync(ended.Token) + 1;
        Begin();
        try
        {
            while (true)
            {
                var (kept, arrived) = Kept(next);
                kept ??= await TryPageAsync(next, ended.Token);
                if (kept is null) continue;
                foreach (var stored in kept)
                {
                    yield return stored;
                    next = stored.Sequence + 1;
                }

                if (kept.Count == 0) await arrived.WaitAsync(ended.Token);
            }
        }
        finally
        {
            lock (_lock) _listeners--;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _store.Committed -= Notice;
        await _ended.CancelAsync();
        if (_following is not null) await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
        _news.Dispose();
    }

    // Takes note: it runs on the write path.
    private void Notice()
    {
        if (Volatile.Read(ref _listeners) == 0) return;
        try
        {
            if (_news.CurrentCount == 0) _news.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody else told already, or there is nobody left to tell.
        }
    }

    private void Begin()
    {
        lock (_lock)
        {
            _listeners++;
            _following ??= Task.Run(FollowAsync);
        }

        Notice();
    }

    // What is in memory from a place on; null where that begins later. And what tells of more.
    private (IReadOnlyList<StoredEvent>? Kept, Task Arrived) Kept(long next)
    {
        lock (_lock)
        {
            if (_position < 0) return ([], _arrived.Task);
            if (next > _position) return ([], _arrived.Task);
            return _kept.TryPeek(out var first) && first.Sequence <= next ? ([.. _kept.SkipWhile(stored => stored.Sequence < next).Take(Page)], _arrived.Task) : (null, _arrived.Task);
        }
    }

    private async Task FollowAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                if (Volatile.Read(ref _listeners) == 0)
                {
                    // Nobody listens: what is in memory is forgotten, so that it never has a gap.
                    lock (_lock)
                    {
                        if (_listeners == 0)
                        {
                            _kept.Clear();
                            _position = -1;
                        }
                    }
                }
                else
                {
                    if (_position < 0) Set(await _store.Events.SizeAsync(_ended.Token));
                    while (await PageAsync(_position + 1, _ended.Token) is { Count: > 0 } page) Add(page);
                }
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The database is away, or worse: whoever listens waits, and it is tried again soon.
                _logger.NotFollowed(exception.Message);
            }

            await ((Task)_news.WaitAsync(LookEvery, _ended.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Set(long position)
    {
        lock (_lock) _position = position;
        Tell();
    }

    private void Add(IReadOnlyList<StoredEvent> events)
    {
        lock (_lock)
        {
            foreach (var stored in events) _kept.Enqueue(stored);
            while (_kept.Count > KeptMax) _kept.Dequeue();
            _position = events[^1].Sequence;
        }

        Tell();
    }

    private void Tell()
    {
        TaskCompletionSource told;
        lock (_lock)
        {
            told = _arrived;
            _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        told.SetResult();
    }

    // Null where the database is away, after a while in which it may have come back: whoever listens waits for it.
    private async Task<IReadOnlyList<StoredEvent>?> TryPageAsync(long first, CancellationToken cancellation)
    {
        try
        {
            return await PageAsync(first, cancellation);
        }
        catch (Exception exception) when (RequestPipeline.IsUnavailable(exception))
        {
            await Task.Delay(LookEvery, cancellation);
            return null;
        }
    }

    private async Task<IReadOnlyList<StoredEvent>> PageAsync(long first, CancellationToken cancellation) =>
        (await _store.Events.PageAsync(new EventFilter(), first == 1 ? null : new EventPlace(first - 1, 0), null, descending: false, Page, cancellation)).Events;
}
