using Ledger.Cli.Tests.Support;
using Ledger.Testing;

namespace Ledger.Cli.Tests.Output;

/// <summary>What a person at a terminal sees.</summary>
public sealed class TerminalTests
{
    private const string Escape = "\u001b";

    [Fact]
    public async Task A_terminal_has_colour_and_a_pipe_has_none()
    {
        (await StatusAsync(terminal: true)).Out.ShouldContain($"{Escape}[91mNO_GO");
        (await StatusAsync(terminal: false)).Out.ShouldNotContain(Escape);
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public async Task Colour_is_left_out_where_it_is_not_wanted(string variable, string value)
    {
        var ran = await StatusAsync(terminal: true, (variable, value));

        ran.Out.ShouldNotContain(Escape);
        Golden.ShouldMatch(ran.Out, "status-without-colour.txt");
    }

    [Fact]
    public async Task A_text_of_somebody_else_moves_no_cursor_and_is_no_markup()
    {
        var answer = Answers.Go.Replace("Load test", "[red]Load[/] \\u001b[2J\\u202etest", StringComparison.Ordinal);

        var ran = await StatusAsync(terminal: true, answer);

        ran.ExitCode.ShouldBe(0);
        ran.Out.ShouldContain(@"[red]Load[/] \u{1b}[2J\u{202e}test");
        ran.Out.ShouldNotContain($"{Escape}[2J");
    }

    [Fact]
    public async Task What_the_server_says_on_standard_error_is_made_safe_too()
    {
        await using var server = new ScriptedServer().On("GET /v1/whoami", Reply.Problem(403, "role_not_allowed", @"no\u001b[2J\nledger: yes"));
        using var shell = Shell.At(server);

        (await shell.RunAsync("whoami")).Error.ShouldBe("ledger: no\\u{1b}[2J\\nledger: yes\n");
    }

    private static Task<Ran> StatusAsync(bool terminal, params (string Name, string Value)[] variables) => StatusAsync(terminal, Answers.NoGo, variables);

    private static async Task<Ran> StatusAsync(bool terminal, string answer, params (string Name, string Value)[] variables)
    {
        await using var server = new ScriptedServer().On("GET /v1/releases/shop/v1.0.0", Reply.Ok(answer));
        using var shell = Shell.At(server);
        shell.Terminal = terminal;
        shell.Variables["TERM"] = "xterm";
        foreach (var (name, value) in variables) shell.Variables[name] = value;
        return await shell.RunAsync("release status shop/v1.0.0");
    }
}
