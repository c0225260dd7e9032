using System.Text;

namespace Ledger.Server.GraphQL.Http;

/// <summary>What a browser sees at <c>/graphql</c>.</summary>
internal static class ExplorerPage
{
    private static readonly byte[] Html = Encoding.UTF8.GetBytes(
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Ledger: GraphQL</title></head><body>
        <h1>GraphQL</h1>
        <p>Questions go here by POST, as JSON, with a token in the header Authorization. The schema is at <a href="/graphql/schema.graphql">/graphql/schema.graphql</a>, for a token too.</p>
        </body></html>
        """);

    /// <summary>Whether a person's browser asks, and not a program.</summary>
    public static bool IsWantedBy(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Query.ContainsKey("query") && !request.Query.ContainsKey("documentId") && !request.Query.ContainsKey("extensions")
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public static async Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = Html.Length;
        await http.Response.Body.WriteAsync(Html, http.RequestAborted);
    }
}
