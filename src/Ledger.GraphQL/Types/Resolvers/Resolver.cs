namespace Ledger.GraphQL.Types;

/// <summary>
/// How a field comes by its value (<c>ResolveFieldValue</c>, §6.4.2). The kinds are what an executor plans with; each is made by the
/// typed methods of <see cref="ObjectType{T}"/>, or here for schemas that were read from text. All are thread-safe as far as their
/// delegates are.
/// </summary>
public abstract class Resolver
{
    private protected Resolver()
    {
    }

    /// <summary>A resolver that is bound to no .NET type.</summary>
    /// <param name="resolve">Gives the value, or null.</param>
    public static ValueResolver Of(Func<object?, ResolverContext, object?> resolve) => new DelegateResolver<object>((source, context) => resolve(source, context));

    /// <summary>An asynchronous resolver that is bound to no .NET type.</summary>
    /// <param name="resolve">Gives the value, or null.</param>
    public static AsyncResolver OfAsync(Func<object?, ResolverContext, ValueTask<object?>> resolve) => new DelegateAsyncResolver(resolve);

    /// <summary>The source stream of a subscription, bound to no .NET type.</summary>
    /// <param name="subscribe">Gives the stream; each element is the field's value for one event.</param>
    public static StreamResolver OfStream(Func<object?, ResolverContext, IAsyncEnumerable<object?>> subscribe) => new DelegateStreamResolver(subscribe);
}

/// <summary>
/// Writes a leaf, or a list of leaves, straight to the response. The fast path: neither a box nor a task.
/// </summary>
public abstract class LeafResolver : Resolver
{
    /// <summary>Resolves and writes.</summary>
    /// <param name="source">The object that the field is of.</param>
    /// <param name="context">Arguments and request.</param>
    /// <param name="output">Receives one JSON value, or nothing if the outcome is null.</param>
    public abstract LeafOutcome Write(object? source, ResolverContext context, JsonBuffer output);
}

/// <summary>Gives a value at once. It is completed by <see cref="FieldDefinition.Completion"/>.</summary>
public abstract class ValueResolver : Resolver
{
    /// <summary>Gives the value, or null.</summary>
    /// <param name="source">The object that the field is of.</param>
    /// <param name="context">Arguments and request.</param>
    public abstract object? Resolve(object? source, ResolverContext context);
}

/// <summary>Gives a value later. It is completed by <see cref="FieldDefinition.Completion"/>.</summary>
public abstract class AsyncResolver : Resolver
{
    /// <summary>Gives the value, or null.</summary>
    /// <param name="source">The object that the field is of.</param>
    /// <param name="context">Arguments and request.</param>
    public abstract ValueTask<object?> ResolveAsync(object? source, ResolverContext context);
}

/// <summary>Gives the values of one field for many objects at once, so that a list costs one look-up and not one an item.</summary>
public abstract class BatchResolver : Resolver
{
    /// <summary>Gives the values.</summary>
    /// <param name="sources">The objects that the field is of; the same selection with the same arguments.</param>
    /// <param name="context">Arguments and request.</param>
    /// <returns>One value for each source, in their order. Null is null; a <see cref="FieldException"/> is that position's error.</returns>
    public abstract ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context);
}

/// <summary>Gives the events of a subscription's root field (<c>CreateSourceEventStream</c>, §6.2.3.1).</summary>
public abstract class StreamResolver : Resolver
{
    /// <summary>Subscribes.</summary>
    /// <param name="source">The root value.</param>
    /// <param name="context">Arguments and request.</param>
    /// <returns>Each element is the field's value for one event, completed by <see cref="FieldDefinition.Completion"/>.</returns>
    public abstract IAsyncEnumerable<object?> Subscribe(object? source, ResolverContext context);
}
