using System.Globalization;
using System.Text;
using Ledger.Cli.Tests.Support;

namespace Ledger.Cli.Tests.Commands;

/// <summary><c>ledger schema print</c>: the server's schema to the byte, on the screen, in a file, or for a program.</summary>
public sealed class SchemaTests
{
    private const string Target = "GET /graphql/schema.graphql";
    private const string Schema = "\"\"\"What can be asked – and no more.\"\"\"\ntype Query {\n  a: Int\n}\n";

    [Fact]
    public async Task The_schema_is_printed_to_the_byte()
    {
        await using var server = new ScriptedServer().On(Target, Text(Schema));
        using var shell = Shell.At(server);

        var ran = await shell.RunAsync("schema print");

        (ran.ExitCode, ran.Out, ran.Error).ShouldBe((0, Schema, ""));
        (await shell.RunAsync("schema print --json")).Json.GetProperty("schema").GetString().ShouldBe(Schema);
    }

    [Fact]
    public async Task It_takes_the_place_of_a_file_once_it_came_whole()
    {
        await using var server = new ScriptedServer().On(Target, Text(Schema), Text(Schema), Reply.Raw("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\nConnection: close\r\n\r\ntype Q"));
        using var shell = Shell.At(server);
        shell.Write("ledger.graphql", "before");

        var ran = await shell.RunAsync("schema print --out ledger.graphql");
        (ran.ExitCode, ran.Out).ShouldBe((0, $"wrote /folder/ledger.graphql  {Encoding.UTF8.GetByteCount(Schema)} bytes\n"), ran.Error);
        File.ReadAllText(Path.Combine(shell.Folder, "ledger.graphql")).ShouldBe(Schema);
        var json = (await shell.RunAsync("schema print --out ledger.graphql --json")).Json;
        json.GetProperty("bytes").GetInt64().ShouldBe(Encoding.UTF8.GetByteCount(Schema));

        (await shell.RunAsync("schema print --out ledger.graphql")).ExitCode.ShouldBe(3);
        File.ReadAllText(Path.Combine(shell.Folder, "ledger.graphql")).ShouldBe(Schema);
        Directory.GetFiles(shell.Folder).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_refused_or_no_schema_is_said()
    {
        await using var server = new ScriptedServer().On(Target, Reply.Problem(403, "role_not_allowed", "the role may not ask what can be asked", "the operator names those that may"), Reply.Html(200));
        using var shell = Shell.At(server);

        var refused = await shell.RunAsync("schema print");
        (refused.ExitCode, refused.Out).ShouldBe((1, ""));
        refused.Error.ShouldContain("the role may not ask what can be asked");
        var html = await shell.RunAsync("schema print");
        (html.ExitCode, html.Out).ShouldBe((3, ""));
        (await shell.RunAsync("schema print --out no/such/folder/file")).ExitCode.ShouldNotBe(0);
    }

    private static Reply Text(string text) => Reply.Raw(string.Create(
        CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\nConnection: close\r\n\r\n{text}"));
}
