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
}
