namespace Ledger.GraphQL.Types;

/// <summary>What all resolvers of one request share.</summary>
/// <param name="schema">The schema.</param>
/// <param name="state">The host's own: the caller, its scope, its services; null when it has none.</param>
/// <param name="cancellationToken">Cancelled when nobody waits for the answer any more, or it took too long.</param>
public class RequestContext(Schema schema, object? state, CancellationToken cancellationToken)
{
    /// <summary>The schema.</summary>
    public Schema Schema { get; } = schema;

    /// <summary>Cancelled when nobody waits for the answer any more, or it took too long.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The host's own state.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <exception cref="InvalidCastException">The host gave another type, or nothing.</exception>
    public T State<T>()
        where T : class => state as T ?? throw new InvalidCastException($"The request has no state of type {typeof(T).Name}.");
}

/// <summary>What a resolver gets beside its object.</summary>
/// <param name="Request">What all resolvers of the request share.</param>
/// <param name="Arguments">The field's arguments, coerced.</param>
public readonly record struct ResolverContext(RequestContext Request, InputValues Arguments)
{
    /// <summary>Cancelled when nobody waits for the answer any more, or it took too long.</summary>
    public CancellationToken CancellationToken => Request.CancellationToken;
}
