using Ledger.Cli.Tests.Support;
using Ledger.Intake;

namespace Ledger.Cli.Tests.Commands;

public sealed class InputFileTests
{
    [Fact]
    public async Task A_file_over_the_limit_is_refused_before_it_is_read_and_never_sent()
    {
        await using var server = new ScriptedServer();
        using var shell = Shell.At(server);
        using (var huge = File.Create(Path.Combine(shell.Folder, "huge.json"))) huge.SetLength(1L << 40);

        (await shell.RunAsync("read huge.json")).ExitCode.ShouldBe(1);
        var ran = await shell.RunAsync("gate report shop/v1 load huge.json");

        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldStartWith($"ledger: huge.json has more than {ReportLimits.MaxBytes} bytes, which is the limit\n");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Standard_input_has_the_same_limit()
    {
        using var shell = new Shell { Input = new byte[ReportLimits.MaxBytes + 1] };

        (await shell.RunAsync("read -")).Error.ShouldStartWith("ledger: - has more than");
    }

    [Fact]
    public async Task The_bytes_arrive_as_they_are()
    {
        await using var server = new ScriptedServer().On("POST /v1/releases/shop/v1/gates/load/reports", Reply.Created(Answers.Reported("passed", "", "GO")));
        using var shell = Shell.At(server);
        shell.Input = [0xef, 0xbb, 0xbf, (byte)'{', 0, 0xff, (byte)'}'];

        (await shell.RunAsync("gate report shop/v1 load -")).ExitCode.ShouldBe(0);

        server.Requests[0].Body.ShouldBe(shell.Input);
    }

    [Fact]
    public async Task A_text_that_starts_with_an_at_sign_is_a_text()
    {
        await using var server = new ScriptedServer().On("POST /v1/releases/shop/v1/close", Reply.Created(Answers.Recorded()));
        using var shell = Shell.At(server);
        shell.Write("secret", "--outcome failed");

        (await shell.RunAsync("release close shop/v1 --outcome succeeded --reason @secret")).ExitCode.ShouldBe(0);

        server.Requests[0].Text.ShouldBe("""{"outcome":"succeeded","reason":"@secret"}""");
    }
}
