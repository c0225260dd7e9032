namespace Ledger.GraphQL.Types;

internal sealed class ReferenceLeafResolver<TSource, TValue>(Func<TSource, ResolverContext, TValue?> resolve, LeafCompletion<TValue> completion) : LeafResolver
    where TValue : class
{
    public override LeafOutcome Write(object? source, ResolverContext context, JsonBuffer output) =>
        resolve((TSource)source!, context) is { } value ? completion.Write(value, output) : LeafOutcome.Null;
}

internal sealed class ValueLeafResolver<TSource, TValue>(Func<TSource, ResolverContext, TValue?> resolve, LeafCompletion<TValue> completion) : LeafResolver
    where TValue : struct
{
    public override LeafOutcome Write(object? source, ResolverContext context, JsonBuffer output) =>
        resolve((TSource)source!, context) is { } value ? completion.Write(value, output) : LeafOutcome.Null;
}

internal sealed class DelegateResolver<TSource>(Func<TSource, ResolverContext, object?> resolve) : ValueResolver
{
    public override object? Resolve(object? source, ResolverContext context) => resolve((TSource)source!, context);
}

internal sealed class DelegateAsyncResolver(Func<object?, ResolverContext, ValueTask<object?>> resolve) : AsyncResolver
{
    public override ValueTask<object?> ResolveAsync(object? source, ResolverContext context) => resolve(source, context);
}

internal sealed class TypedAsyncResolver<TSource, TValue>(Func<TSource, ResolverContext, ValueTask<TValue>> resolve) : AsyncResolver
{
    public override ValueTask<object?> ResolveAsync(object? source, ResolverContext context)
    {
        var pending = resolve((TSource)source!, context);
        return pending.IsCompletedSuccessfully ? new ValueTask<object?>(pending.Result) : Box(pending);
    }

    private static async ValueTask<object?> Box(ValueTask<TValue> pending) => await pending.ConfigureAwait(false);
}

internal sealed class DelegateStreamResolver(Func<object?, ResolverContext, IAsyncEnumerable<object?>> subscribe) : StreamResolver
{
    public override IAsyncEnumerable<object?> Subscribe(object? source, ResolverContext context) => subscribe(source, context);
}
