namespace Ledger.GraphQL.Types;

/// <summary>Looks values up by keys: every key once, however many objects have it.</summary>
internal sealed class KeyedBatchResolver<TSource, TKey, TValue>(
    Func<TSource, TKey> key,
    Func<IReadOnlyList<TKey>, ResolverContext, ValueTask<IReadOnlyDictionary<TKey, TValue>>> load) : BatchResolver
    where TKey : notnull
{
    public override async ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context)
    {
        var keyOf = new TKey[sources.Count];
        for (var i = 0; i < keyOf.Length; i++) keyOf[i] = key((TSource)sources[i]!);
        var found = await load([.. keyOf.Distinct()], context).ConfigureAwait(false);
        var values = new object?[keyOf.Length];
        for (var i = 0; i < values.Length; i++) values[i] = found.TryGetValue(keyOf[i], out var value) ? value : null;
        return values;
    }
}
