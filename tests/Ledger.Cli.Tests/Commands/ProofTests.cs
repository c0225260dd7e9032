using System.Text;
using Ledger.Cli.Tests.Support;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Tests.Commands;

/// <summary>A proof is believed only when everything in it holds, whoever the server is.</summary>
public sealed class ProofTests
{
    private readonly TestLog _log = new(7);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task Every_event_of_an_honest_log_verifies(int sequence) =>
        (await ProveAsync(sequence, _log.LoggedEvent(sequence - 1), _log.Inclusion(sequence - 1))).ExitCode.ShouldBe(0);

    [Fact]
    public async Task A_changed_leaf_does_not() => await ShouldNotVerifyAsync(_log.LoggedEvent(3, leaf: _log.Leaves[3].Replace("load", "lead", StringComparison.Ordinal)), _log.Inclusion(3));

    [Fact]
    public async Task A_changed_leaf_with_its_own_hash_does_not()
    {
        var leaf = _log.Leaves[3].Replace("load", "lead", StringComparison.Ordinal);
        await ShouldNotVerifyAsync(_log.LoggedEvent(3, leaf, MerkleHash.Leaf(Encoding.UTF8.GetBytes(leaf)).ToString()), _log.Inclusion(3));
    }

    [Fact]
    public async Task The_proof_of_another_event_does_not() => await ShouldNotVerifyAsync(_log.LoggedEvent(3), _log.Inclusion(4));

    [Fact]
    public async Task Another_event_with_its_own_proof_does_not() => await ShouldNotVerifyAsync(_log.LoggedEvent(4), _log.Inclusion(4));

    [Fact]
    public async Task A_checkpoint_of_another_origin_does_not() =>
        await ShouldNotVerifyAsync(_log.LoggedEvent(3), _log.Inclusion(3, _log.SignedCheckpoint("ledger.test/other")));

    [Fact]
    public async Task A_checkpoint_of_another_tree_does_not() =>
        await ShouldNotVerifyAsync(_log.LoggedEvent(3), _log.Inclusion(3, new TestLog(6).SignedCheckpoint()));

    [Fact]
    public async Task A_proof_that_cannot_be_read_does_not() => await ShouldNotVerifyAsync(_log.LoggedEvent(3), _log.Inclusion(3, proof: "c2sp.org/tlog-proof@v1\nindex 3\n"));

    [Fact]
    public async Task A_log_with_another_key_than_the_pinned_one_does_not()
    {
        using var other = SigningKey.Generate();
        var ran = await ProveAsync(4, _log.LoggedEvent(3), _log.Inclusion(3), $"--log-key {new VerifierKey(TestLog.Origin, other.PublicKey)}");

        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldStartWith("ledger: the proof does not verify: ");
    }

    [Fact]
    public async Task The_written_proof_verifies_without_a_server()
    {
        await using var server = Honest();
        using var shell = Shell.At(server);

        (await shell.RunAsync("proof 4 --out event.tlog-proof")).ExitCode.ShouldBe(0);

        TlogProof.TryParse(File.ReadAllBytes(Path.Combine(shell.Folder, "event.tlog-proof")), out var proof, out _).ShouldBeTrue();
        Encoding.UTF8.GetString(proof!.Extra!.Value.Span).ShouldBe(_log.Leaves[3]);
        proof.Verify(MerkleHash.Leaf(proof.Extra.Value.Span), TestLog.Origin, _log.Key).IsValid.ShouldBeTrue();
    }

    [Fact]
    public async Task An_event_that_is_not_there_is_a_refusal()
    {
        await using var server = new ScriptedServer().On("GET /v1/events/9", Reply.Problem(404, "event_unknown", "There is no event 9."));
        using var shell = Shell.At(server);

        (await shell.RunAsync("proof 9")).ExitCode.ShouldBe(1);
    }

    private async Task ShouldNotVerifyAsync(string logged, string inclusion)
    {
        var ran = await ProveAsync(4, logged, inclusion);
        ran.ExitCode.ShouldBe(3);
        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldStartWith("ledger: the proof does not verify: ");
    }

    private async Task<Ran> ProveAsync(int sequence, string logged, string inclusion, string more = "")
    {
        await using var server = new ScriptedServer { Log = _log }
            .On($"GET /v1/events/{sequence}", Reply.Ok(logged))
            .On($"GET /v1/proofs/inclusion?sequence={sequence}&treeSize=7", Reply.Ok(inclusion));
        using var shell = Shell.At(server);
        return await shell.RunAsync($"proof {sequence} {more}");
    }

    private ScriptedServer Honest() => new ScriptedServer { Log = _log }
        .On("GET /v1/events/4", Reply.Ok(_log.LoggedEvent(3)))
        .On("GET /v1/proofs/inclusion?sequence=4&treeSize=7", Reply.Ok(_log.Inclusion(3)));
}
