using Ledger.Server.Auth;
using Microsoft.Net.Http.Headers;

namespace Ledger.Server.GraphQL.Explorer;

/// <summary>
/// The page at which people ask by hand, at the address of the queries: GraphiQL, from this server alone. It knows no token; what it asks
/// is asked with the token that is typed into it.
/// </summary>
internal static class ExplorerPage
{
    private const string Path = "/graphql";
    private const string PagePath = "/graphql/explorer";

    // GraphiQL brings its fonts and images with its styles, and its editor sets styles of elements, which needs no leave by this policy.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src data:; img-src data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string Folder = System.IO.Path.Combine(AppContext.BaseDirectory, "explorer");

    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        ["react.js"] = "text/javascript; charset=utf-8",
        ["react-dom.js"] = "text/javascript; charset=utf-8",
        ["graphiql.js"] = "text/javascript; charset=utf-8",
        ["explorer.js"] = "text/javascript; charset=utf-8",
        ["graphiql.css"] = "text/css; charset=utf-8",
        ["explorer.css"] = "text/css; charset=utf-8",
    };

    /// <summary>Sends browsers that open the address of the queries to the page. It comes before routing.</summary>
    public static Task RouteAsync(HttpContext http, RequestDelegate next)
    {
        if (IsBrowser(http.Request)) http.Request.Path = PagePath;
        return next(http);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(PagePath, Show).WithMetadata(Access.Public).ExcludeFromDescription();
        routes.MapGet("/graphql/assets/{name}", ShowAsset).WithMetadata(Access.Public).ExcludeFromDescription();
    }

    /// <summary>The page, or how to get it where the server was built without it.</summary>
    internal static IResult ShowFrom(string folder, HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        var isBuilt = MediaTypes.Keys.All(name => File.Exists(System.IO.Path.Combine(folder, name)));
        return Results.File(System.IO.Path.Combine(folder, isBuilt ? "index.html" : "missing.html"), "text/html; charset=utf-8");
    }

    // A query in the address is a client's, whatever else it can read.
    private static bool IsBrowser(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path == Path && !request.Query.ContainsKey("query") && !request.Query.ContainsKey("documentId")
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) && !request.Headers.ContainsKey(HeaderNames.SecWebSocketVersion);

    private static IResult Show(HttpContext http) => ShowFrom(Folder, http);

    private static IResult ShowAsset(string name, HttpContext http)
    {
        var file = System.IO.Path.Combine(Folder, name);
        if (!MediaTypes.TryGetValue(name, out var mediaType) || !File.Exists(file)) return Results.NotFound();
        // Asked again each time whether it changed: a new server has new ones at the same addresses.
        http.Response.Headers.CacheControl = "no-cache";
        return Results.File(file, mediaType, lastModified: File.GetLastWriteTimeUtc(file));
    }
}
