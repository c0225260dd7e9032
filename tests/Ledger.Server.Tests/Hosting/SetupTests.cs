using Ledger.Server.Hosting;
using Ledger.Store.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Server.Tests.Hosting;

[Collection(ServerCollection.Name)]
public sealed class SetupTests(RunningServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-setup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_the_server_keeps_is_for_its_own_user_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var name in (string[])["keys/log.key", "origin", "checkpoint", "tokens/admin.token"])
            File.GetUnixFileMode(Path.Combine(server.DataDirectory, name)).ShouldBe(file, name);
        foreach (var name in (string[])["keys", "tokens"])
            File.GetUnixFileMode(Path.Combine(server.DataDirectory, name)).ShouldBe(file | UnixFileMode.UserExecute, name);

        // Others pass through, because root runs PostgreSQL as another user; they see and change nothing.
        File.GetUnixFileMode(server.DataDirectory).ShouldBe(file | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    [Fact]
    public async Task Good_token_files_are_kept_and_bad_ones_renewed()
    {
        var tokens = server.Server.Store.Tokens;
        await TokenFiles.PrepareAllAsync(_folder, tokens, CancellationToken.None);
        var ci = await File.ReadAllTextAsync(Path.Combine(_folder, "ci.token"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "signer.token"), "rubbish");
        File.Delete(Path.Combine(_folder, "admin.token"));
        File.Copy(Path.Combine(_folder, "ci.token"), Path.Combine(_folder, "auditor.token"), overwrite: true);

        await TokenFiles.PrepareAllAsync(_folder, tokens, CancellationToken.None);
        (await File.ReadAllTextAsync(Path.Combine(_folder, "ci.token"))).ShouldBe(ci);
        foreach (var role in (string[])["signer", "admin", "auditor"])
        {
            var (standing, token) = await tokens.CheckAsync((await File.ReadAllTextAsync(Path.Combine(_folder, $"{role}.token"))).Trim());
            standing.ShouldBe(TokenStanding.Good);
            token!.Subject.ShouldBe($"local-{role}");
        }
    }

    [Fact]
    public async Task An_admin_s_token_that_was_made_elsewhere_is_made_known()
    {
        var file = Path.Combine(_folder, "first.token");
        var text = TokenText.Create();
        await File.WriteAllTextAsync(file, text + "\n");
        await TokenFiles.PrepareAdminAsync(file, server.Server.Store.Tokens, CancellationToken.None);
        await TokenFiles.PrepareAdminAsync(file, server.Server.Store.Tokens, CancellationToken.None);
        (await (await server.WithToken(text).GetAsync("v1/whoami")).JsonAsync()).Text("role").ShouldBe("admin");

        await File.WriteAllTextAsync(file, server.Token("ci"));
        await Should.ThrowAsync<InvalidDataException>(TokenFiles.PrepareAdminAsync(file, server.Server.Store.Tokens, CancellationToken.None));
    }

    [Fact]
    public void The_key_and_the_origin_are_made_once()
    {
        var data = new DataDirectory(Path.Combine(_folder, "data"));
        data.Origin(isSandbox: false).ShouldMatch(@"\Aledger\.local/[0-9a-f]{8}\z");
        data.Origin(isSandbox: true).ShouldBe(data.Origin(isSandbox: false));
        using var made = LogKey.LoadOrMake(data.LogKey, NullLogger.Instance);
        using var loaded = LogKey.LoadOrMake(data.LogKey, NullLogger.Instance);
        loaded.ExportPkcs8Pem().ShouldBe(made.ExportPkcs8Pem());

        File.WriteAllText(data.LogKey, "not a key");
        Should.Throw<InvalidDataException>(() => LogKey.LoadOrMake(data.LogKey, NullLogger.Instance)).Message.ShouldContain("log.key");
    }

    [Fact]
    public void Settings_come_from_the_environment_and_what_cannot_be_is_named()
    {
        var settings = Settings(("LEDGER_PORT", "6000"), ("LEDGER_DATA", "/srv/ledger"), ("Ledger:ConnectionString", "Host=db"), ("Ledger:LogLevel", "warning"));
        settings.Port.ShouldBe(6000);
        settings.DataDirectory.ShouldBe("/srv/ledger");
        settings.IsLocal.ShouldBeFalse();
        Settings().ShouldBe(new ServerSettings());
        Settings(("Ledger:ConnectionString", " ")).IsLocal.ShouldBeTrue();
        Should.Throw<FormatException>(() => Settings(("LEDGER_PORT", "70000"))).Message.ShouldContain("LEDGER_PORT");
        Should.Throw<FormatException>(() => Settings(("Ledger:LogLevel", "loud"))).Message.ShouldContain("LogLevel");
    }

    private static ServerSettings Settings(params (string Name, string Value)[] values) => ServerSettings.From(
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, (string?)value.Value))).Build());
}
