using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Ledger.GraphQL.Execution;

/// <summary>
/// A cache with a bound on entries and on their weight. What goes is what was not asked for since the hand last came by (the clock
/// algorithm, an approximation of least recently used): a hit sets one flag and takes no lock. Thread-safe.
/// </summary>
/// <param name="entriesMax">Entries, at least 1.</param>
/// <param name="weightMax">Weight of all of them; what weighs more by itself is not kept.</param>
internal sealed class BoundedCache<TKey, TValue>(int entriesMax, long weightMax)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private readonly LinkedList<Entry> _ring = new();
    private readonly Lock _lock = new();
    private long _weight;

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            value = default;
            return false;
        }

        // Written only when it changes: the cache line stays shared between the threads that read it.
        if (!entry.WasAsked) entry.WasAsked = true;
        value = entry.Value;
        return true;
    }

    /// <summary>Keeps a value; the first for a key stays.</summary>
    public void Add(TKey key, TValue value, long weight)
    {
        if (weight > weightMax) return;
        lock (_lock)
        {
            var entry = new Entry(key, value, weight);
            if (!_entries.TryAdd(key, entry)) return;
            _weight += weight;
            while (_entries.Count > entriesMax || _weight > weightMax) EvictOne();
            _ring.AddLast(entry);
        }
    }

    // The ring's first is where the hand stands; who was asked for goes round once more. The newcomer is not in it yet.
    private void EvictOne()
    {
        while (_ring.First is { } first)
        {
            _ring.RemoveFirst();
            if (first.Value.WasAsked)
            {
                first.Value.WasAsked = false;
                _ring.AddLast(first);
                continue;
            }

            _entries.TryRemove(first.Value.Key, out _);
            _weight -= first.Value.Weight;
            return;
        }
    }

    private sealed class Entry(TKey key, TValue value, long weight)
    {
        public TKey Key { get; } = key;

        public TValue Value { get; } = value;

        public long Weight { get; } = weight;

        public bool WasAsked { get; set; }
    }
}
