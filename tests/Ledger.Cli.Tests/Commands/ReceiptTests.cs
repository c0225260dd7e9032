using System.Text.Json;
using Ledger.Cli.Tests.Support;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Tests.Commands;

/// <summary>A receipt is a file that proves what was recorded, to whoever has the log's key.</summary>
public sealed class ReceiptTests
{
    private const string Close = "release close shop/v1.0.0 --outcome succeeded --reason done --receipt close.receipt";
    private const string Target = "POST /v1/releases/shop/v1.0.0/close?receipt=tlog-proof";
    private static readonly TestLog Log = Answers.Log;

    [Fact]
    public async Task A_receipt_verifies_with_the_key_alone_and_without_a_server()
    {
        using var shell = await RecordedAsync();

        var ran = await shell.RunAsync($"receipt verify close.receipt --key {Log.Key}");

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Out.ShouldStartWith("verified  #12  gate_reported\n");
        (await shell.RunAsync("receipt verify close.receipt --json")).Json.GetProperty("leafIndex").GetInt64().ShouldBe(11);
    }

    [Fact]
    public async Task Of_a_receipt_no_bit_can_be_changed()
    {
        using var shell = await RecordedAsync();
        var path = Path.Combine(shell.Folder, "close.receipt");
        var receipt = File.ReadAllBytes(path);
        var random = new Random(20260131);
        for (var mutation = 0; mutation < 200; mutation++)
        {
            var changed = (byte[])receipt.Clone();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, changed);

            var ran = await shell.RunAsync($"receipt verify close.receipt --key {Log.Key}");
            ran.ExitCode.ShouldBe(1, $"mutation {mutation}: {ran.Out}");
        }
    }

    [Fact]
    public async Task Another_key_proves_nothing_and_no_key_is_asked_for()
    {
        using var shell = await RecordedAsync();
        using var other = SigningKey.Generate();

        (await shell.RunAsync($"receipt verify close.receipt --key {new VerifierKey(TestLog.Origin, other.PublicKey)}")).ExitCode.ShouldBe(1);
        shell.Variables["LEDGER_STATE"] = "elsewhere";
        var ran = await shell.RunAsync("receipt verify close.receipt");
        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldBe("ledger: the log's key is not known here\nhint: give it: --key KEY\n");
    }

    [Fact]
    public async Task A_quorum_of_witnesses_that_did_not_cosign_is_not_met()
    {
        using var shell = await RecordedAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var witness = new Cosigner("witness.test/w", key);

        (await shell.RunAsync($"receipt verify close.receipt --witness {witness.VerifierKey} --quorum 1")).Error.ShouldContain("1 of 1 witnesses must have cosigned the checkpoint; 0 did");
        (await shell.RunAsync($"receipt verify close.receipt --witness {witness.VerifierKey} --quorum 2")).ExitCode.ShouldBe(2);

        var path = Path.Combine(shell.Folder, "close.receipt");
        TlogProof.TryParse(File.ReadAllBytes(path), out var proof, out _).ShouldBeTrue();
        Checkpoint.TryParse(proof!.Checkpoint.Text, out var checkpoint, out _).ShouldBeTrue();
        File.WriteAllBytes(path, new TlogProof(proof.LeafIndex, proof.Hashes, proof.Checkpoint.With(witness.Cosign(checkpoint!, 1_769_860_800)), proof.Extra).ToBytes());
        var ran = await shell.RunAsync($"receipt verify close.receipt --witness {witness.VerifierKey} --quorum 1");
        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Out.ShouldContain("witness.test/w at 2026-01-31T12:00:00Z");
    }

    [Fact]
    public async Task What_is_recorded_stays_recorded_when_its_proof_does_not_come()
    {
        await using var server = new ScriptedServer().On(Target, Reply.Created(Answers.Recorded()));
        using var shell = Shell.At(server);

        var ran = await shell.RunAsync(Close);

        ran.ExitCode.ShouldBe(3);
        ran.Out.ShouldContain("recorded as #12");
        ran.Error.ShouldStartWith("ledger: it is recorded as #12, but there is no receipt: ");
        ran.Error.ShouldContain("hint: ledger proof 12 --out FILE fetches it again\n");
        File.Exists(Path.Combine(shell.Folder, "close.receipt")).ShouldBeFalse();
    }

    [Fact]
    public async Task Where_a_receipt_cannot_go_nothing_is_recorded()
    {
        await using var server = new ScriptedServer();
        using var shell = Shell.At(server);

        var ran = await shell.RunAsync(Close.Replace("close.receipt", "nowhere/close.receipt", StringComparison.Ordinal));

        ran.ExitCode.ShouldBe(2);
        server.Requests.ShouldBeEmpty();
    }

    private static async Task<Shell> RecordedAsync()
    {
        var proof = JsonDocument.Parse(Log.Inclusion(11)).RootElement.GetProperty("proof").GetString();
        var receipt = JsonSerializer.Serialize(new
        {
            receipt = new { sequence = 12, leafIndex = 11, leafHash = JsonDocument.Parse(Log.LoggedEvent(11)).RootElement.GetProperty("leafHash").GetString(), treeSize = 12, checkpoint = Log.SignedCheckpoint().ToString(), proof },
        });
        await using var server = new ScriptedServer().On(Target, Reply.Created(receipt)).On("GET /v1/events/12", Reply.Ok(Log.LoggedEvent(11)));
        var shell = Shell.At(server);
        var ran = await shell.RunAsync(Close);
        ran.ExitCode.ShouldBe(0, ran.Error);
        return shell;
    }
}
