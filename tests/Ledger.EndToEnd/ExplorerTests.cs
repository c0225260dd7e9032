using Microsoft.Playwright;

namespace Ledger.EndToEnd;

/// <summary>The explorer in a real browser: it opens from this server alone, completes what is typed, and runs it.</summary>
public sealed class ExplorerTests
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    [Fact]
    public async Task A_field_is_completed_and_a_query_runs()
    {
        await using var installation = await Installation.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium(), Headless = true, Args = Flags });
        var page = await browser.NewPageAsync();
        var (problems, elsewhere) = (new List<string>(), new List<string>());
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains("401", StringComparison.Ordinal)) problems.Add(message.Text);
        };
        page.PageError += (_, error) => problems.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(installation.Url, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) elsewhere.Add(request.Url);
        };

        await page.GotoAsync($"{installation.Url}/graphql");
        await page.FillAsync("#token", installation.Token("auditor"));
        await page.PressAsync("#token", "Enter");
        await page.WaitForFunctionAsync("() => document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror.options.lint.schema");

        var editor = page.Locator(".graphiql-query-editor .CodeMirror");
        await editor.ClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.PressAsync("Delete");
        await page.Keyboard.TypeAsync("{ view", new KeyboardTypeOptions { Delay = 30 });
        await page.Locator(".CodeMirror-hint", new PageLocatorOptions { HasText = "viewer" }).WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync(" { rol", new KeyboardTypeOptions { Delay = 30 });
        await page.Locator(".CodeMirror-hint", new PageLocatorOptions { HasText = "role" }).WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Control+Enter");
        var result = page.Locator(".result-window", new PageLocatorOptions { HasText = "\"role\"" });
        await result.WaitForAsync();
        (await result.InnerTextAsync()).ShouldContain("\"role\": \"AUDITOR\"");

        problems.ShouldBeEmpty();
        elsewhere.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_may_run_nothing_but_what_the_server_has()
    {
        await using var installation = await Installation.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql");
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml");
        using var page = await installation.Client.SendAsync(request);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self';");
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldNotContain("http://");
        html.ShouldNotContain("https://");
        using var asset = await installation.Client.GetAsync(new Uri("/graphql/assets/graphiql.js", UriKind.Relative));
        asset.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        asset.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        foreach (var name in new[] { "index.html", "package.json", "..%2Fappsettings.json", "..%2F..%2FLedger.Server.dll" })
            ((int)(await installation.Client.GetAsync(new Uri($"/graphql/assets/{name}", UriKind.Relative))).StatusCode).ShouldBe(404, name);
    }

    private static string Chromium() =>
        Environment.GetEnvironmentVariable("LEDGER_CHROMIUM") is { Length: > 0 } named ? named
        : Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is not installed: tests/run.sh installs it, or LEDGER_CHROMIUM names one.");
}
