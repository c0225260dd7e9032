using Ledger.Cli.Pins;
using Ledger.Cli.Tests.Support;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;
using Ledger.Verifier.Tests.Support;

namespace Ledger.Cli.Tests.Commands;

/// <summary>A bundle is verified on a machine that has nothing but the tool; and what is wrong with one is named with its file.</summary>
public sealed class VerifyTests : IDisposable
{
    private static readonly TestBundle Bundle = TestBundle.Of(TestLedger.Signed().Decide());
    private readonly Shell _shell = new();

    public VerifyTests() => File.WriteAllBytes(Path.Combine(_shell.Folder, "shop.zip"), Bundle.Write());

    [Fact]
    public async Task Under_a_key_that_is_trusted_it_is_valid()
    {
        var ran = await _shell.RunAsync($"verify shop.zip --key {Bundle.LogKey}");

        ran.ExitCode.ShouldBe(0, ran.Out + ran.Error);
        ran.Out.ShouldStartWith("valid  release shop/1.2.3\n");
        ran.Out.ShouldContain("  go/no-go   GO\n");
        ran.Out.ShouldContain("  sign-offs  VALID\n");
        ran.Error.ShouldBeEmpty();
        var report = (await _shell.RunAsync($"verify shop.zip --key {Bundle.LogKey} --json")).Json;
        (report.GetProperty("valid").GetBoolean(), report.GetProperty("trusted").GetBoolean()).ShouldBe((true, true));
    }

    [Fact]
    public async Task Under_its_own_key_it_says_that_this_is_the_bundle_s_word()
    {
        var ran = await _shell.RunAsync("verify shop.zip");

        ran.ExitCode.ShouldBe(0);
        ran.Out.ShouldContain("not checked against one that you trust");
        ran.Error.ShouldBe($"hint: the key is the bundle's own word; hold it against one that you trust: --key '{Bundle.LogKey}'\n");
        Directory.GetFileSystemEntries(_shell.State).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_key_than_the_bundle_s_makes_it_invalid_whether_given_or_pinned()
    {
        using var other = SigningKey.Generate();
        var ran = await _shell.RunAsync($"verify shop.zip --key {new VerifierKey(Bundle.Origin, other.PublicKey)}");
        ran.ExitCode.ShouldBe(1);
        ran.Out.ShouldStartWith("not valid  ");
        ran.Out.ShouldContain("first fault: log.vkey");

        Remember(new NoteSigner(Bundle.Origin, other));
        (await _shell.RunAsync("verify shop.zip")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_byte_that_was_changed_is_found_and_its_file_named()
    {
        var bytes = Bundle.Write();
        var path = Path.Combine(_shell.Folder, "shop.zip");
        foreach (var file in new[] { "events.ndjson", "policy.json", "go-no-go.json", "README.md" })
        {
            var changed = (byte[])bytes.Clone();
            changed[changed.AsSpan().LastIndexOf(Bundle.Files[file]) + 3] ^= 1; // the policy is in the events, too
            File.WriteAllBytes(path, changed);

            var ran = await _shell.RunAsync($"verify shop.zip --key {Bundle.LogKey}");

            ran.ExitCode.ShouldBe(1);
            ran.Out.ShouldContain($"first fault: {file}");
        }
    }

    [Theory]
    [InlineData("verify nowhere.zip", 2)]
    [InlineData("verify .", 2)]
    [InlineData("verify shop.zip --key nonsense", 2)]
    [InlineData("verify empty.zip", 1)]
    [InlineData("verify text.zip", 1)]
    public async Task What_is_no_bundle_is_said(string command, int exitCode)
    {
        _shell.Write("empty.zip", "");
        _shell.Write("text.zip", "a long text that is no archive at all, and never was one");

        (await _shell.RunAsync(command)).ExitCode.ShouldBe(exitCode);
    }

    public void Dispose() => _shell.Dispose();

    private void Remember(NoteSigner signer)
    {
        var signed = new Checkpoint(Bundle.Origin, 1, default).Sign(signer).ToString();
        _shell.Remember(Pin.Of(signer.VerifierKey, signed, [], out _)!);
    }
}
