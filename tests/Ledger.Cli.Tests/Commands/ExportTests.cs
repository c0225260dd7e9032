using Ledger.Cli.Tests.Support;

namespace Ledger.Cli.Tests.Commands;

/// <summary>An export is a whole file, or none; and what is there before stays until there is a whole one.</summary>
public sealed class ExportTests
{
    private const string Target = "GET /v1/releases/shop/v1.0.0/export";
    private const string Period = "export --from 2026-01-01 --to 2026-02-01T01:00:00+01:00 --out out"; // a day, and a time elsewhere

    [Fact]
    public async Task A_release_is_exported_to_the_byte()
    {
        await using var server = new ScriptedServer().On(Target, Zip("PK-whole")).On($"{Target}?evidence=true&control=CC8.1", Zip("PK-more"));
        using var shell = Shell.At(server);

        var ran = await shell.RunAsync("export shop/v1.0.0 --out shop.zip");
        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Out.ShouldBe("exported /folder/shop.zip  8 bytes\n");
        Read(shell, "shop.zip").ShouldBe("PK-whole");

        (await shell.RunAsync("export shop/v1.0.0 --out shop.zip --with-evidence --control CC8.1")).ExitCode.ShouldBe(0);
        Read(shell, "shop.zip").ShouldBe("PK-more");
        Directory.GetFiles(shell.Folder).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("", "zip", "application/zip")]
    [InlineData(" --format csv", "csv", "text/csv")]
    [InlineData(" --format ndjson --service shop", "ndjson", "application/x-ndjson")]
    public async Task A_period_is_exported_in_the_form_that_is_asked_for(string more, string format, string mediaType)
    {
        var service = more.Contains("--service", StringComparison.Ordinal) ? "&service=shop" : "";
        await using var server = new ScriptedServer().On(
            $"GET /v1/export?from=2026-01-01T00%3A00%3A00.000000Z&to=2026-02-01T00%3A00%3A00.000000Z{service}&format={format}", Answer(mediaType, "period"));
        using var shell = Shell.At(server);

        var ran = await shell.RunAsync(Period + more);

        ran.ExitCode.ShouldBe(0, ran.Error);
        Read(shell, "out").ShouldBe("period");
    }

    [Theory]
    [InlineData("cut off", 3)]
    [InlineData("away", 3)]
    [InlineData("html", 3)]
    [InlineData("refused", 1)]
    public async Task What_does_not_come_whole_leaves_what_was_there(string how, int exitCode)
    {
        await using var server = new ScriptedServer().On(Target, how switch
        {
            "cut off" => Reply.Raw("HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 100\r\nConnection: close\r\n\r\nPK-half"),
            "away" => Reply.Reset,
            "html" => Reply.Html(200),
            _ => Reply.Problem(404, "release_unknown", "There is no release 'shop/v1.0.0'."),
        });
        using var shell = Shell.At(server);
        shell.Write("shop.zip", "before");

        var ran = await shell.RunAsync("export shop/v1.0.0 --out shop.zip");

        ran.ExitCode.ShouldBe(exitCode, ran.Error);
        Read(shell, "shop.zip").ShouldBe("before");
        Directory.GetFiles(shell.Folder).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("export --out x", "name a release, or a period: --from TIME --to TIME")]
    [InlineData("export shop/v1 --from 2026-01-01T00:00:00Z --to 2026-02-01T00:00:00Z --out x", "a release is exported whole")]
    [InlineData("export --from 2026-01-01T00:00:00Z --to 2026-02-01T00:00:00Z --with-evidence --out x", "--with-evidence is for a release")]
    [InlineData("export --from 7d --to 2026-02-01 --out x", "'7d' is not a time; write a day such as 2026-01-31")]
    [InlineData("export --from 2026-02-30 --to 2026-03-01 --out x", "'2026-02-30' is not a time")]
    [InlineData("export shop --out x", "'shop' is not a release")]
    [InlineData("export shop/v1 --out nowhere/x", "there is no folder /folder/nowhere")]
    public async Task What_cannot_be_meant_is_said_before_anything_is_asked(string command, string because)
    {
        await using var server = new ScriptedServer();
        using var shell = Shell.At(server);

        var ran = await shell.RunAsync(command);

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain(because);
        server.Requests.ShouldBeEmpty();
    }

    private static Reply Zip(string content) => Answer("application/zip", content);

    private static Reply Answer(string mediaType, string content) =>
        Reply.Raw($"HTTP/1.1 200 OK\r\nContent-Type: {mediaType}\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n{content}");

    private static string Read(Shell shell, string file) => File.ReadAllText(Path.Combine(shell.Folder, file));
}
