using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Ledger.Domain.Releases;
using Ledger.Exports.Bundles;
using Ledger.Exports.Tests.Ledgers;
using Ledger.Integrity.Keys;

namespace Ledger.Exports.Tests.Bundles;

/// <summary>What the bundle's README tells people to type is typed here, in the unpacked bundle.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-readme-").FullName;

    [Fact]
    public async Task The_commands_of_the_README_find_a_bundle_to_be_right()
    {
        await UnpackAsync(MemoryLedger.Whole());
        var (exitCode, output) = await FollowAsync();
        exitCode.ShouldBe(0, output);
        output.Split("Signature Verified Successfully").Length.ShouldBe(5, output); // two sign-offs by Ed25519, checkpoint and manifest
        output.ShouldContain("Verified OK");
    }

    [Theory]
    [InlineData("sign-offs/01-technical-tech-lead-alice.sig")]
    [InlineData("sign-offs/02-business-product-bob.pae")]
    [InlineData("sign-offs/03-final-ciso-carol.statement.json")]
    [InlineData("policy.json")]
    [InlineData("events.ndjson")]
    [InlineData("checkpoint")]
    [InlineData("manifest")]
    [InlineData("vsa.json")]
    [InlineData("sign-offs.pdf")]
    public async Task The_commands_of_the_README_stop_at_a_file_that_was_changed(string file)
    {
        await UnpackAsync(MemoryLedger.Whole());
        var path = Path.Combine(_folder, file);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        (await FollowAsync()).ExitCode.ShouldNotBe(0);
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.RsaPssSha256)]
    [InlineData(KeyAlgorithm.RsaPkcs1Sha256)]
    public async Task Every_kind_of_key_has_its_command(KeyAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        var ledger = new MemoryLedger();
        ledger.Enrol("dora", "Dora", "tech-lead", key);
        ledger.Open(MemoryLedger.Shop);
        ledger.Sign(MemoryLedger.Shop, "technical", "tech-lead", "dora", "I looked.");
        await UnpackAsync(ledger);
        var (exitCode, output) = await FollowAsync();
        exitCode.ShouldBe(0, output);
    }

    [Fact]
    public async Task A_name_cannot_give_commands()
    {
        var ledger = new MemoryLedger();
        ledger.Enrol("mallory", "`x` ```sh touch owned```", "tech-lead", TestKeys.Alice);
        ledger.Open(MemoryLedger.Shop);
        ledger.Sign(MemoryLedger.Shop, "technical", "tech-lead", "mallory", "```sh\ntouch owned\n```");
        await UnpackAsync(ledger);
        (await FollowAsync()).ExitCode.ShouldBe(0);
        File.Exists(Path.Combine(_folder, "owned")).ShouldBeFalse();
    }

    [Fact]
    public void A_release_that_nobody_signed_says_so()
    {
        var ledger = new MemoryLedger();
        ledger.Open(MemoryLedger.Shop);
        Encoding.UTF8.GetString(ReadmeFile.Write(ledger.Dossier(MemoryLedger.Shop), new(MemoryLedger.Origin, TestKeys.Log.PublicKey))).ShouldContain("Nobody signed this release off.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task UnpackAsync(MemoryLedger ledger)
    {
        foreach (var (path, bytes) in await (await TestBundle.OfAsync(ledger, ReleaseId.TryParse("shop/1.4.0"))).FilesAsync())
        {
            var file = Path.Combine(_folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, bytes);
        }
    }

    private async Task<(int ExitCode, string Output)> FollowAsync()
    {
        var commands = string.Concat(Blocks().Matches(await File.ReadAllTextAsync(Path.Combine(_folder, "README.md"))).Select(match => match.Groups[1].Value));
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", commands]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = shell.StandardOutput.ReadToEndAsync();
        var error = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, await output + error);
    }

    [GeneratedRegex("^```sh\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [Theory]
    [InlineData("ledger.example/log", "")]
    [InlineData("sandbox.example/log", " (a sandbox: its times were given)")]
    public void A_sandbox_is_called_one(string origin, string remark) => SandboxRemark.Of(origin).ShouldBe(remark);
}
