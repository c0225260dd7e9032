using Ledger.Server.Auth;

namespace Ledger.Server.GraphQL.Explorer;

/// <summary>
/// The page at which people ask by hand, at the address of the queries: GraphiQL, from this server alone. It knows no token; what it asks
/// is asked with the token that is typed into it.
/// </summary>
internal static class ExplorerPage
{
    // GraphiQL brings its fonts and images with its styles, and its editor sets styles of elements, which needs no leave by this policy.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src data:; img-src data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "explorer");

    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        ["react.js"] = "text/javascript; charset=utf-8",
        ["react-dom.js"] = "text/javascript; charset=utf-8",
        ["graphiql.js"] = "text/javascript; charset=utf-8",
        ["explorer.js"] = "text/javascript; charset=utf-8",
        ["graphiql.css"] = "text/css; charset=utf-8",
        ["explorer.css"] = "text/css; charset=utf-8",
    };

    /// <summary>Maps what the page is made of.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/graphql/assets/{name}", ShowAsset).WithMetadata(Access.Public).ExcludeFromDescription();

    /// <summary>Whether a person's browser opens the address of the queries. A query in it is a program's, whatever else that can read.</summary>
    public static bool IsWantedBy(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Query.ContainsKey("query") && !request.Query.ContainsKey("documentId") && !request.Query.ContainsKey("extensions")
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public static Task ShowAsync(HttpContext http) => ShowAsync(http, Folder);

    /// <summary>The page, or how to get it where the server was built without it.</summary>
    internal static Task ShowAsync(HttpContext http, string folder)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        var isBuilt = MediaTypes.Keys.All(name => File.Exists(Path.Combine(folder, name)));
        return Results.File(Path.Combine(folder, isBuilt ? "index.html" : "missing.html"), "text/html; charset=utf-8").ExecuteAsync(http);
    }

    private static IResult ShowAsset(string name, HttpContext http)
    {
        var file = Path.Combine(Folder, name);
        if (!MediaTypes.TryGetValue(name, out var mediaType) || !File.Exists(file)) return Results.NotFound();
        // Asked again each time whether it changed: a new server has new ones at the same addresses.
        http.Response.Headers.CacheControl = "no-cache";
        return Results.File(file, mediaType, lastModified: File.GetLastWriteTimeUtc(file));
    }
}
