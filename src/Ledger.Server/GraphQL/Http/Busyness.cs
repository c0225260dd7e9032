using System.Collections.Concurrent;

namespace Ledger.Server.GraphQL.Http;

/// <summary>
/// How much goes on at a time: questions of everybody, and of each caller what stays open, event streams and sockets. So nobody takes all of it.
/// Thread-safe.
/// </summary>
internal sealed class Busyness
{
    /// <summary>Questions that are answered at a time.</summary>
    public const int QuestionsMax = 64;

    /// <summary>Connections of one caller that stay open.</summary>
    public const int OpenPerCallerMax = 50;

    /// <summary>Connections of everybody that stay open.</summary>
    public const int OpenMax = 1_000;

    private readonly ConcurrentDictionary<string, int> _openOf = new(StringComparer.Ordinal);
    private int _questions;
    private int _open;

    /// <summary>Begins to answer a question; null when too many are under way.</summary>
    public IDisposable? TryAnswer()
    {
        if (Interlocked.Increment(ref _questions) <= QuestionsMax) return new Ending(() => Interlocked.Decrement(ref _questions));
        Interlocked.Decrement(ref _questions);
        return null;
    }

    /// <summary>Begins something that stays open; null when the caller, or everybody, has too many.</summary>
    public IDisposable? TryOpen(string subject)
    {
        if (Interlocked.Increment(ref _open) > OpenMax)
        {
            Interlocked.Decrement(ref _open);
            return null;
        }

        if (_openOf.AddOrUpdate(subject, 1, (_, count) => count + 1) > OpenPerCallerMax)
        {
            Interlocked.Decrement(ref _open);
            End(subject);
            return null;
        }

        return new Ending(() =>
        {
            Interlocked.Decrement(ref _open);
            End(subject);
        });
    }

    private void End(string subject)
    {
        if (_openOf.AddOrUpdate(subject, 0, (_, count) => count - 1) <= 0) _openOf.TryRemove(new KeyValuePair<string, int>(subject, 0));
    }

    private sealed class Ending(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
