using Ledger.Server.Auth;

namespace Ledger.Server.Http;

/// <summary>What is said of an endpoint: to the authentication, and to readers of the API's description.</summary>
internal static class EndpointConventions
{
    /// <summary>Describes an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="access">Who may come to it.</param>
    /// <param name="name">The operation's id, camelCase.</param>
    /// <param name="summary">A few words.</param>
    /// <param name="description">What it does and promises.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, Access access, string name, string summary, string description)
    {
        endpoint.WithMetadata(access).WithName(name).WithSummary(summary).WithDescription(description);
        if (!access.IsPublic) endpoint.Fails(StatusCodes.Status401Unauthorized, StatusCodes.Status503ServiceUnavailable);
        return endpoint;
    }

    /// <summary>Says that the endpoint appends: it takes a key and answers with a receipt.</summary>
    public static RouteHandlerBuilder Appends<TAnswer>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status201Created) =>
        endpoint.Appends<TAnswer>(Appending.ByKey, status);

    /// <summary>Says that the endpoint appends what the content itself tells from everything before: it takes no key.</summary>
    public static RouteHandlerBuilder AppendsByContent<TAnswer>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status201Created) =>
        endpoint.Appends<TAnswer>(Appending.ByContent, status);

    private static RouteHandlerBuilder Appends<TAnswer>(this RouteHandlerBuilder endpoint, Appending appending, int status) => endpoint
        .Produces<TAnswer>(status)
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict)
        .Fails(StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity)
        .WithMetadata(appending);

    /// <summary>Says that the endpoint may answer a problem with these statuses.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses) endpoint.Produces<ProblemAnswer>(status, Problem.MediaType);
        return endpoint;
    }
}

/// <summary>Marks an endpoint that appends: it takes <c>?receipt=tlog-proof</c>, and an <c>Idempotency-Key</c> where the content does not say itself what it repeats.</summary>
internal sealed class Appending
{
    private Appending(bool takesKey) => TakesKey = takesKey;

    public static Appending ByKey { get; } = new(takesKey: true);

    public static Appending ByContent { get; } = new(takesKey: false);

    public bool TakesKey { get; }
}
