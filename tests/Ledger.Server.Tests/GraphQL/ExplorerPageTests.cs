using Ledger.Server.GraphQL.Explorer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>The explorer where the server was built without it.</summary>
public sealed class ExplorerPageTests
{
    [Fact]
    public async Task A_server_built_without_Node_says_how_to_get_the_page()
    {
        var folder = Directory.CreateTempSubdirectory("ledger-explorer-").FullName;
        foreach (var page in new[] { "index.html", "missing.html", "explorer.js", "explorer.css" }) File.Copy(Path.Combine(AppContext.BaseDirectory, "explorer", page), Path.Combine(folder, page));
        using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services, Response = { Body = new MemoryStream() } };
        await ExplorerPage.ShowAsync(http, folder);
        http.Response.StatusCode.ShouldBe(200);
        http.Response.Body.Position = 0;
        var html = await new StreamReader(http.Response.Body).ReadToEndAsync();
        html.ShouldContain("npm");
        html.ShouldContain("dotnet publish src/Ledger.Server -c Release");
        html.ShouldNotContain("<script");
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("GET", "text/html,application/xhtml+xml,*/*;q=0.8", "", true)]
    [InlineData("GET", "text/html", "?query={viewer{role}}", false)]
    [InlineData("GET", "application/json", "", false)]
    [InlineData("POST", "text/html", "", false)]
    public void It_is_for_browsers_that_open_the_address(string method, string accept, string query, bool isWanted)
    {
        var http = new DefaultHttpContext { Request = { Method = method, QueryString = new QueryString(query) } };
        http.Request.Headers.Accept = accept;
        ExplorerPage.IsWantedBy(http.Request).ShouldBe(isWanted);
    }
}
