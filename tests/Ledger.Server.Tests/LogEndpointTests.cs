using System.Text;
using System.Text.Json;
using Ledger.Integrity;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Tiles;

namespace Ledger.Server.Tests;

[Collection(ServerCollection.Name)]
public sealed class LogEndpointTests(RunningServer server)
{
    [Fact]
    public async Task Anybody_verifies_the_checkpoint_and_recomputes_its_root_from_tiles()
    {
        var (_, key) = await KeyAsync();
        var stranger = server.Client(role: null);
        var release = await server.OpenAsync();
        for (var i = 0; i < 300; i++) await server.Client().ReportAsync(release, RunningServer.PassingReport);

        Checkpoint.Verify(await stranger.GetByteArrayAsync("checkpoint"), key.Name, key, out var checkpoint).IsValid.ShouldBeTrue();
        var tree = new Frontier();
        for (long index = 0; index * 256 < checkpoint!.Size; index++)
        {
            var width = (int)Math.Min(256, checkpoint.Size - (index * 256));
            var answer = await stranger.GetAsync(new TileCoordinate(0, index, width).ToString());
            var tile = await answer.Content.ReadAsByteArrayAsync();
            tile.Length.ShouldBe(width * Hash.Size);
            (answer.Headers.CacheControl?.MaxAge > TimeSpan.FromDays(300)).ShouldBe(width == 256);
            for (var i = 0; i < width; i++) tree.Append(new Hash(tile.AsSpan(i * Hash.Size, Hash.Size)));
        }

        tree.Root().ShouldBe(checkpoint.Root);
        await (await stranger.GetAsync("tile/0/x999/999")).ShouldBeProblemAsync(404, "tile_unknown");
        await (await stranger.GetAsync("tile/00/000")).ShouldBeProblemAsync(404, "tile_unknown");
    }

    [Fact]
    public async Task Entries_hash_to_the_tile_and_are_for_auditors()
    {
        var bundle = await server.Client("auditor").GetByteArrayAsync("tile/entries/000.p/2");
        EntryBundle.TryRead(bundle, 2, out var entries).ShouldBeTrue();
        var tile = await server.Client(null).GetByteArrayAsync("tile/0/000.p/2");
        MerkleHash.Leaf(entries![1].Span).ShouldBe(new Hash(tile.AsSpan(32, 32)));

        await (await server.Client(null).GetAsync("tile/entries/000.p/2")).ShouldBeProblemAsync(401, "token_missing");
        await (await server.Client("ci").GetAsync("tile/entries/000.p/2")).ShouldBeProblemAsync(403, "role_not_allowed");
        await (await server.WithToken(await server.MakeTokenAsync("auditor", ["shop"])).GetAsync("tile/entries/000.p/2")).ShouldBeProblemAsync(403, "service_out_of_scope");
    }

    [Fact]
    public async Task A_receipt_s_event_is_proved_by_a_text_that_verifies_offline()
    {
        var (_, key) = await KeyAsync();
        var release = await server.OpenAsync();
        var receipt = (await (await server.Client().ReportAsync(release, RunningServer.PassingReport)).JsonAsync()).GetProperty("receipt");
        Checkpoint.Verify(Encoding.UTF8.GetBytes(receipt.Text("checkpoint")), key.Name, key, out var signed).IsValid.ShouldBeTrue();
        signed!.Size.ShouldBe(receipt.GetProperty("treeSize").GetInt64());

        var sequence = receipt.GetProperty("sequence").GetInt64();
        var proof = await (await server.Client("ci").GetAsync($"v1/proofs/inclusion?sequence={sequence}")).JsonAsync();
        TlogProof.TryParse(Encoding.UTF8.GetBytes(proof.Text("proof")), out var parsed, out _).ShouldBeTrue();
        var shown = await (await server.Client("ci").GetAsync($"v1/events/{sequence}")).JsonAsync();
        var leaf = MerkleHash.Leaf(Encoding.UTF8.GetBytes(shown.Text("leaf")));
        leaf.ToString().ShouldBe(receipt.Text("leafHash"));
        parsed!.Verify(leaf, key.Name, key).IsValid.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_checkpoints_are_consistent()
    {
        var release = await server.OpenAsync();
        var from = await server.SizeAsync();
        await server.Client().ReportAsync(release, RunningServer.PassingReport);
        var proof = await (await server.Client().GetAsync($"v1/proofs/consistency?from={from}")).JsonAsync();
        var hashes = proof.GetProperty("hashes").EnumerateArray().Select(hash => Hash.TryParseHex(hash.GetString(), out var parsed) ? parsed : default).ToArray();
        Hash.TryParseHex(proof.Text("fromRoot"), out var fromRoot).ShouldBeTrue();
        Hash.TryParseHex(proof.Text("toRoot"), out var toRoot).ShouldBeTrue();
        ConsistencyProof.Verify(from, proof.GetProperty("to").GetInt64(), fromRoot, toRoot, hashes).IsValid.ShouldBeTrue();
    }

    [Theory]
    [InlineData("v1/proofs/inclusion", 400, "parameter_invalid")]
    [InlineData("v1/proofs/inclusion?sequence=0", 400, "parameter_invalid")]
    [InlineData("v1/proofs/inclusion?sequence=99999999", 404, "proof_unknown")]
    [InlineData("v1/proofs/inclusion?sequence=1&treeSize=99999999", 404, "proof_unknown")]
    [InlineData("v1/proofs/consistency?from=99999999", 404, "proof_unknown")]
    [InlineData("v1/proofs/consistency?from=-1", 400, "parameter_invalid")]
    [InlineData("v1/events/99999999", 404, "event_unknown")]
    [InlineData("v1/events/one", 400, "parameter_invalid")]
    public async Task What_cannot_be_proved_or_shown_is_a_problem(string path, int status, string code) =>
        await (await server.Client().GetAsync(path)).ShouldBeProblemAsync(status, code);

    [Fact]
    public async Task An_audit_of_an_untouched_log_is_sound()
    {
        var audit = await (await server.Client("auditor").PostAsync("v1/audit", null)).JsonAsync();
        audit.GetProperty("sound").GetBoolean().ShouldBeTrue(audit.ToString());
        audit.GetProperty("problems").GetArrayLength().ShouldBe(0);
        audit.TryGetProperty("firstBad", out _).ShouldBeFalse();
        await (await server.Client("release-manager").PostAsync("v1/audit", null)).ShouldBeProblemAsync(403, "role_not_allowed");
    }

    private async Task<(JsonElement Log, VerifierKey Key)> KeyAsync()
    {
        var log = await (await server.Client("signer").GetAsync("v1/log")).JsonAsync();
        VerifierKey.TryParse(log.Text("verifierKey"), out var key, out _).ShouldBeTrue();
        return (log, key!);
    }
}
