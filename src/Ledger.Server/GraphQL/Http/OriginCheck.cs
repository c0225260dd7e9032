namespace Ledger.Server.GraphQL.Http;

/// <summary>
/// Which pages' scripts may ask. Browsers say where a script comes from and nobody else does, so who says nothing is no page; a page of another site is let in
/// only where the operator names it.
/// </summary>
internal static class OriginCheck
{
    /// <summary>Whether a request comes from no page, from one of this server's own, or from one that was named.</summary>
    public static bool Allows(HttpRequest request, IReadOnlyList<string> named)
    {
        if (request.Headers.Origin is not [{ Length: > 0 } origin]) return request.Headers.Origin.Count == 0;
        if (named.Contains(origin)) return true;

        // A proxy may end TLS, so the scheme is not looked at. A page's origin has no port where it is its scheme's own.
        return Uri.TryCreate(origin, UriKind.Absolute, out var page) && request.Host.HasValue
            && page.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
            && (request.Host.Port is { } port ? page.Port == port : page.IsDefaultPort);
    }

    /// <summary>Tells a browser what pages of a named origin may send, and answers where it asks that beforehand (Fetch, "CORS protocol").</summary>
    /// <returns>Whether the request was answered.</returns>
    public static bool AnswersPreflight(HttpContext http, IReadOnlyList<string> named)
    {
        var headers = http.Response.Headers;
        var isNamed = http.Request.Headers.Origin is [{ } origin] && named.Contains(origin);
        if (isNamed)
        {
            headers.AccessControlAllowOrigin = http.Request.Headers.Origin;
            headers.Vary = "Origin";
        }

        if (!HttpMethods.IsOptions(http.Request.Method)) return false;
        headers.Allow = "GET, POST, PUT, DELETE, OPTIONS";
        if (isNamed)
        {
            headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE";
            headers.AccessControlAllowHeaders = "authorization, content-type, graphql-cost, x-graphql-event-stream-token";
            headers.AccessControlMaxAge = "600";
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
