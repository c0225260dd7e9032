using System.Diagnostics;
using Ledger.Cli.Tests.Support;

namespace Ledger.Cli.Tests;

/// <summary>The program itself, as a process: its streams, its environment, its exit codes.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task It_reads_standard_input_and_writes_plain_text()
    {
        var (exitCode, output, error) = await StartAsync(["read", "-"], """{"metrics":{"http_reqs":{"type":"counter","contains":"default","values":{"count":10,"rate":1}}}}""");

        exitCode.ShouldBe(0, error);
        output.ShouldStartWith("k6  evaluated\n");
        output.ShouldNotContain("\u001b");
        error.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_speaks_to_a_server_with_what_the_environment_says()
    {
        await using var server = new ScriptedServer().On("GET /v1/releases/shop/v1.0.0", Reply.Ok(Answers.Go), Reply.Ok(Answers.NoGo), Reply.CutOff(Answers.Go));
        (string, string)[] environment = [("LEDGER_URL", server.Url), ("LEDGER_TOKEN", "ldg_env")];

        (await StartAsync(["assert", "go", "shop/v1.0.0"], "", environment)).ExitCode.ShouldBe(0);
        (await StartAsync(["assert", "go", "shop/v1.0.0"], "", environment)).ExitCode.ShouldBe(1);
        (await StartAsync(["assert", "go", "shop/v1.0.0"], "", environment)).ExitCode.ShouldBe(3);

        server.Requests.ShouldAllBe(request => request.Headers["Authorization"] == "Bearer ldg_env");
    }

    [Fact]
    public async Task It_knows_its_version_and_says_what_is_wrong()
    {
        (await StartAsync(["--version"], "")).Output.ShouldMatch(@"\A\d+\.\d+\.\d+\n\z");
        (await StartAsync(["nonsense"], "")).ShouldBe((2, "", "ledger: unrecognized command or argument 'nonsense'\nhint: ledger --help\n"));
    }

    [Fact]
    public async Task A_command_that_finds_no_room_in_its_spool_says_so_and_leaves_nothing_half_written()
    {
        if (OperatingSystem.IsWindows()) return;
        string url;
        await using (var server = new ScriptedServer()) url = server.Url; // nobody answers there any more
        var folder = Directory.CreateTempSubdirectory("ledger-spool-").FullName;
        try
        {
            // No file may grow past its first byte, as on a disk that is full; a write then fails instead of ending the process.
            var program = $"trap '' XFSZ; ulimit -f 0; exec dotnet '{typeof(CommandLine).Assembly.Location}' post check shop/v1.0.0 burn --source prometheus --value 3% --timeout 1s --spool '{folder}'";
            var (exitCode, output, error) = await RunAsync("bash", ["-c", program], "", ("LEDGER_URL", url), ("LEDGER_TOKEN", "ldg_env"), ("DOTNET_EnableDiagnostics", "0"), ("DOTNET_EnableWriteXorExecute", "0"));

            exitCode.ShouldBe(3, error);
            output.ShouldBeEmpty();
            error.ShouldContain($"the spool in {folder} cannot be used: there is no room left for it; nothing was recorded");
            error.ShouldContain("hint: check that you may read and write there, and that there is room");
            Directory.EnumerateFiles(folder).Select(Path.GetFileName).ShouldBe(["lock"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<(int ExitCode, string Output, string Error)> StartAsync(string[] arguments, string input, params (string Name, string Value)[] environment) =>
        RunAsync("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments], input, environment);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, string[] arguments, string input, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
