using System.Diagnostics;

namespace Ledger.EndToEnd;

/// <summary>A release of agent-system by the real clock: six people, three stages, one decision; and what is refused on the way.</summary>
public sealed class SignOffStoryTests
{
    private const string Release = "agent-system/v2.3.0";

    private static readonly (string Signer, string Name, string Stage, string Role, string Algorithm)[] People =
    [
        ("alice.johnson", "Alice Johnson", "technical", "devops-lead", "ed25519"),
        ("carol.white", "Carol White", "technical", "security-lead", "ecdsa-p256-sha256"),
        ("david.brown", "David Brown", "technical", "engineering-manager", "ecdsa-p384-sha384"),
        ("eve.davis", "Eve Davis", "business", "product-manager", "rsa-pss-sha256"),
        ("frank.wilson", "Frank Wilson", "business", "vp-engineering", "rsa-pkcs1-sha256"),
        ("grace.miller", "Grace Miller", "final", "cto", "ed25519"),
    ];

    [Fact]
    public async Task Six_people_sign_in_their_order_GO_is_decided_and_everything_else_is_refused_with_its_reason()
    {
        await using var ledger = await Installation.StartAsync();
        var (replayed, _, trouble) = await ledger.RunScriptAsync(Path.Combine(Repository.Samples, "agent-system", "gates.sh"));
        replayed.ShouldBe(0, trouble);
        foreach (var (signer, name, _, role, algorithm) in People)
        {
            await DoAsync(ledger, "key", "new", signer, "--algorithm", algorithm);
            await DoAsync(ledger, "signer", "enrol", signer, "--name", name, "--role", role, "--key", $"{signer}.pub", "--algorithm", algorithm);
        }

        await ShouldBeRefusedAsync(ledger, "the stage 'final' opens when 'technical' is complete", Sign(People[5]));
        await ShouldBeRefusedAsync(ledger, "0 of 3 approvals are there", "decide", Release, "go");
        (await ledger.RunAsync("signoffs", "verify", Release)).Exit.ShouldBe(1);
        await DoAsync(ledger, Sign(People[0]));
        await ShouldBeRefusedAsync(ledger, "Alice Johnson signed as devops-lead", Sign(People[0]));

        // A key that was revoked signs nothing more; what it signed before would stay.
        await DoAsync(ledger, "signer", "key", "revoke", "carol.white", await KeyOfAsync(ledger, "carol.white"), "--reason", "the laptop was stolen");
        await ShouldBeRefusedAsync(ledger, "Carol White has no key in use", Sign(People[1]));
        await DoAsync(ledger, "key", "new", "carol.white.2");
        await DoAsync(ledger, "signer", "key", "add", "carol.white", "carol.white.2.pub");
        await DoAsync(ledger, Sign(People[1], "carol.white.2"));

        // Prepared on one machine, signed by openssl on another, handed in from a third.
        await DoAsync(ledger, "sign", "prepare", Release, "--stage", "technical", "--role", "engineering-manager", "--signer", "david.brown", "--out", "david.json");
        await OpenSslAsync(ledger, "dgst", "-sha384", "-sign", "david.brown", "-out", "david.sig", "david.json.pae");
        await DoAsync(ledger, "sign", "submit", "david.json", "--signature", "david.sig", "--receipt", "david.receipt");
        await DoAsync(ledger, "receipt", "verify", "david.receipt");

        await DoAsync(ledger, Sign(People[3]));
        await DoAsync(ledger, "sign", Release, "--stage", "business", "--role", "vp-engineering", "--signer", "frank.wilson", "--yes", "--sign-with", "openssl dgst -sha256 -sign frank.wilson");
        await DoAsync(ledger, Sign(People[5]));
        await DoAsync(ledger, "decide", Release, "go", "--receipt", "go.receipt");
        await DoAsync(ledger, "signoffs", "verify", Release);
        await DoAsync(ledger, "assert", "go", Release);

        // Exported, it verifies by itself; with a byte changed it does not.
        await DoAsync(ledger, "export", Release, "--out", "release.zip", "--with-evidence");
        await DoAsync(ledger, "verify", "release.zip");
        var bundle = Path.Combine(ledger.Folder, "release.zip");
        var bytes = await File.ReadAllBytesAsync(bundle);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(bundle, bytes);
        var (changed, verified, _) = await ledger.RunAsync("verify", "release.zip");
        changed.ShouldBe(1);
        verified.ShouldContain("first fault: ");

        // A gate that changes makes every signature stale, and GO is not GO any more.
        await DoAsync(ledger, "gate", "attest", Release, "chaos-tests", "--note", "once more", "--supersede", "run again");
        var (stale, report, _) = await ledger.RunAsync("signoffs", "verify", Release);
        stale.ShouldBe(1);
        report.ShouldStartWith("STALE  ");
        (await ledger.RunAsync("assert", "go", Release)).Exit.ShouldBe(1);
        await DoAsync(ledger, "audit");
    }

    private static string[] Sign((string Signer, string Name, string Stage, string Role, string Algorithm) person, string? key = null) =>
        ["sign", Release, "--stage", person.Stage, "--role", person.Role, "--signer", person.Signer, "--key", key ?? person.Signer, "--yes"];

    private static async Task<string> KeyOfAsync(Installation ledger, string signer) =>
        (await ledger.JsonAsync("signer", "show", signer)).GetProperty("keys").EnumerateArray().Single().GetProperty("id").GetString()!;

    private static async Task ShouldBeRefusedAsync(Installation ledger, string because, params string[] arguments)
    {
        var (exit, output, error) = await ledger.RunAsync(arguments);
        exit.ShouldBe(1, $"ledger {string.Join(' ', arguments)}\n{output}{error}");
        error.ShouldContain(because);
    }

    private static async Task DoAsync(Installation ledger, params string[] arguments)
    {
        var (exit, output, error) = await ledger.RunAsync(arguments);
        exit.ShouldBe(0, $"ledger {string.Join(' ', arguments)}\n{output}{error}");
    }

    private static async Task OpenSslAsync(Installation ledger, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = ledger.Folder })!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
    }
}
