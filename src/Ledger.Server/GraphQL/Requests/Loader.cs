namespace Ledger.Server.GraphQL.Requests;

/// <summary>
/// Reads values by keys for one execution: what sibling fields ask for at the same time is read together, and nothing twice. Thread-safe.
/// </summary>
/// <param name="desk">Where reading waits its turn.</param>
/// <param name="read">Reads the values of keys; those that are not there are left out.</param>
internal sealed class Loader<TKey, TValue>(ReadingDesk desk, Func<IReadOnlyList<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> read)
    where TKey : notnull
{
    private readonly Dictionary<TKey, Task<IReadOnlyDictionary<TKey, TValue>>> _asked = [];
    private readonly Lock _lock = new();

    /// <summary>The values of keys; those that are not there are left out.</summary>
    public async ValueTask<IReadOnlyDictionary<TKey, TValue>> LoadAsync(IEnumerable<TKey> keys)
    {
        var wanted = keys.Distinct().ToList();
        Task<IReadOnlyDictionary<TKey, TValue>>[] pending;
        lock (_lock)
        {
            var missing = wanted.Where(key => !_asked.ContainsKey(key)).ToList();
            if (missing.Count > 0)
            {
                var reading = desk.ReadAsync(() => read(missing));
                foreach (var key in missing) _asked.Add(key, reading);
            }

            pending = [.. wanted.Select(key => _asked[key]).Distinct()];
        }

        var found = new Dictionary<TKey, TValue>();
        foreach (var answer in await Task.WhenAll(pending))
        {
            foreach (var key in wanted)
                if (answer.TryGetValue(key, out var value)) found[key] = value;
        }

        return found;
    }

    /// <summary>One value; null where it is not there.</summary>
    public async ValueTask<TValue?> LoadAsync(TKey key) => (await LoadAsync([key])).GetValueOrDefault(key);
}
