using Ledger.Cli.Tests.Support;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Tests.Commands;

public sealed class KeyTests : IDisposable
{
    private readonly Shell _shell = new();

    private string KeyFile => Path.Combine(_shell.Folder, "log.key");

    [Fact]
    public async Task A_new_key_is_its_owners_alone_and_its_other_half_is_beside_it()
    {
        var ran = await _shell.RunAsync("key new log.key --name ledger.test/log --json");

        ran.ExitCode.ShouldBe(0);
        using var key = SigningKey.ImportPkcs8Pem(File.ReadAllText(KeyFile));
        PublicKey.TryImportSpkiPem(File.ReadAllText(KeyFile + ".pub"), out var publicKey, out _).ShouldBeTrue();
        publicKey.ShouldBe(key.PublicKey);
        ran.Json.GetProperty("fingerprint").GetString().ShouldBe($"sha256:{key.PublicKey.Fingerprint}");
        ran.Json.GetProperty("verifierKey").GetString().ShouldBe(new VerifierKey("ledger.test/log", key.PublicKey).ToString());
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (ran.Out + ran.Error).ShouldNotContain("PRIVATE KEY");
    }

    [Theory]
    [InlineData("log.key")]
    [InlineData("log.key.pub")]
    public async Task Nothing_that_is_there_is_written_over(string taken)
    {
        _shell.Write(taken, "mine");

        var ran = await _shell.RunAsync("key new log.key");

        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldBe($"ledger: /folder/{taken} is there already\nhint: a key is never written over; choose another name\n");
        File.ReadAllText(Path.Combine(_shell.Folder, taken)).ShouldBe("mine");
        Directory.GetFiles(_shell.Folder).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("key new log.key --name 'two words'")]
    [InlineData("key new log.key --name a+b")]
    [InlineData("key new nowhere/log.key")]
    public async Task A_name_or_a_place_that_cannot_be_leaves_nothing_behind(string command)
    {
        (await _shell.RunAsync(command)).ExitCode.ShouldBe(2);

        Directory.GetFileSystemEntries(_shell.Folder).ShouldBeEmpty();
    }

    public void Dispose() => _shell.Dispose();
}
