using Ledger.Cli.Tests.Support;
using Ledger.Domain.Actors;

namespace Ledger.Cli.Tests.Server;

/// <summary>Which token goes where: the least powerful one that will do, never to another machine, never onto a screen.</summary>
public sealed class CredentialsTests
{
    public static TheoryData<string, string> LeastPowerful => new()
    {
        { "gate report shop/v1 load k6.json", "ci" },
        { "release open shop/v1 --policy shop --commit 0a1b2c3d --artifact a=sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "release-manager" },
        { "gate attest shop/v1 load --note x", "release-manager" },
        { "gate waive shop/v1 load --owner a --reason b --control c --until 1d", "release-manager" },
        { "release close shop/v1 --outcome failed --reason x", "release-manager" },
        { "policy publish shop.yaml", "compliance" },
        { "policy list", "auditor" },
        { "policy show shop", "auditor" },
        { "release list", "auditor" },
        { "release status shop/v1", "auditor" },
        { "release history shop/v1", "auditor" },
        { "assert go shop/v1", "auditor" },
        { "proof 1", "auditor" },
        { "audit", "auditor" },
        { "whoami", "auditor" },
        { "token new --role ci --service shop", "admin" },
    };

    [Theory]
    [MemberData(nameof(LeastPowerful))]
    public async Task The_least_powerful_local_token_is_used(string command, string role)
    {
        await using var server = new ScriptedServer();
        using var shell = LocalShell(server, Roles.All);

        var ran = await shell.RunAsync(command);

        server.Requests[0].Headers["Authorization"].ShouldBe($"Bearer ldg_{role}");
        (ran.Out + ran.Error).ShouldNotContain("ldg_");
    }

    [Fact]
    public async Task Where_it_is_not_there_the_next_one_that_may_do_it_is_used()
    {
        await using var server = new ScriptedServer();
        using var shell = LocalShell(server, [Role.Signer, Role.Admin]);

        await shell.RunAsync("whoami");

        server.Requests[0].Headers["Authorization"].ShouldBe("Bearer ldg_admin");
    }

    [Fact]
    public async Task One_that_may_not_do_it_is_never_used()
    {
        await using var server = new ScriptedServer();
        using var shell = LocalShell(server, [Role.Ci, Role.Signer]);

        var ran = await shell.RunAsync("policy publish shop.yaml");

        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldBe("ledger: there is no token for this\nhint: set LEDGER_TOKEN to a token of the role compliance; 'ledger token new' makes one\n");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_given_token_wins()
    {
        await using var server = new ScriptedServer();
        using var shell = LocalShell(server, Roles.All);
        shell.Variables["LEDGER_TOKEN"] = "ldg_given";

        await shell.RunAsync("whoami");

        server.Requests[0].Headers["Authorization"].ShouldBe("Bearer ldg_given");
    }

    [Fact]
    public async Task Local_tokens_never_go_to_another_machine()
    {
        using var shell = new Shell();
        shell.Variables.Remove("LEDGER_TOKEN");
        shell.Variables["LEDGER_URL"] = "http://ledger.invalid";
        shell.Write(".ledger/tokens/auditor.token", "ldg_auditor\n");

        (await shell.RunAsync("whoami")).Error.ShouldStartWith("ledger: there is no token for this\n");
    }

    [Fact]
    public async Task A_redirect_takes_the_token_nowhere()
    {
        await using var elsewhere = new ScriptedServer();
        await using var server = new ScriptedServer().On("GET /v1/whoami", Reply.Raw($"HTTP/1.1 307 Elsewhere\r\nLocation: {elsewhere.Url}/v1/whoami\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var shell = Shell.At(server);

        (await shell.RunAsync("whoami")).ExitCode.ShouldBe(3);

        elsewhere.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("two words")]
    [InlineData("ümlaut")]
    public async Task What_cannot_be_a_token_is_not_sent(string token)
    {
        await using var server = new ScriptedServer();
        using var shell = Shell.At(server);
        shell.Variables["LEDGER_TOKEN"] = token;

        (await shell.RunAsync("whoami")).ExitCode.ShouldBe(2);

        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_data_folder_is_found_above_or_by_its_name_or_around_the_program()
    {
        await using var server = new ScriptedServer();
        using var home = new Shell();
        home.Write("a/.ledger/tokens/auditor.token", "ldg_named");
        home.Write("b/.ledger/tokens/auditor.token", "ldg_around");
        using var shell = LocalShell(server, [Role.Auditor]);

        await shell.RunAsync("whoami");
        shell.Variables["LEDGER_DATA"] = Path.Combine(home.Folder, "a/.ledger");
        await shell.RunAsync("whoami");
        using var elsewhere = LocalShell(server, []);
        elsewhere.ProgramFolder = Path.Combine(home.Folder, "b/.ledger/bin/");
        await elsewhere.RunAsync("whoami");

        server.Requests.Select(request => request.Headers["Authorization"]).ShouldBe(["Bearer ldg_auditor", "Bearer ldg_named", "Bearer ldg_around"]);
    }

    [Theory]
    [InlineData("LEDGER_URL", "ledger.example.com")]
    [InlineData("LEDGER_URL", "ftp://ledger.example.com")]
    [InlineData("LEDGER_URL", "http://user:word@ledger.example.com")]
    [InlineData("LEDGER_URL", "http://ledger.example.com/?a=b")]
    [InlineData("LEDGER_PORT", "0")]
    [InlineData("LEDGER_PORT", "http")]
    public async Task An_address_that_is_none_is_a_usage_error(string variable, string value)
    {
        using var shell = new Shell();
        shell.Variables[variable] = value;

        var ran = await shell.RunAsync("whoami");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldStartWith($"ledger: {variable} ");
    }

    // LEDGER_PORT, not LEDGER_URL: as on the machine that runs the ledger.
    private static Shell LocalShell(ScriptedServer server, IReadOnlyList<Role> roles)
    {
        var shell = new Shell();
        shell.Variables.Remove("LEDGER_TOKEN");
        shell.Variables["LEDGER_PORT"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var role in roles) shell.Write($".ledger/tokens/{role.Name()}.token", $"ldg_{role.Name()}\n");
        shell.Write("k6.json", "{}");
        shell.Write("shop.yaml", "name: shop\n");
        return shell;
    }
}
