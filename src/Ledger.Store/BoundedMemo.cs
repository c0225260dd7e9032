using System.Diagnostics.CodeAnalysis;

namespace Ledger.Store;

/// <summary>
/// What was worked out once, by what it was worked out from, up to a weight: what was asked for longest ago goes first. A key that is a digest of all that a
/// value comes from cannot have a stale one. Thread-safe.
/// </summary>
/// <param name="weightMax">The weight of all values together; what weighs more by itself is not kept.</param>
public sealed class BoundedMemo<TKey, TValue>(long weightMax)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _newestFirst = new();
    private long _weight;

    /// <summary>The value of a key, where it is kept.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                value = default;
                return false;
            }

            if (node != _newestFirst.First)
            {
                _newestFirst.Remove(node);
                _newestFirst.AddFirst(node);
            }

            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Whether a key has a value, which does not count as asking for it.</summary>
    public bool Has(TKey key)
    {
        lock (_lock) return _entries.ContainsKey(key);
    }

    /// <summary>Keeps a value, in the place of an earlier one.</summary>
    public void Keep(TKey key, TValue value, long weight)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var earlier)) Remove(earlier);
            if (weight > weightMax) return;
            _weight += weight;
            while (_weight > weightMax) Remove(_newestFirst.Last!);
            _entries.Add(key, _newestFirst.AddFirst(new Entry(key, value, weight)));
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _newestFirst.Remove(node);
        _entries.Remove(node.Value.Key);
        _weight -= node.Value.Weight;
    }

    private sealed record Entry(TKey Key, TValue Value, long Weight);
}
