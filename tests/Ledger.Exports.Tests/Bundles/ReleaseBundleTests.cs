using System.Text;
using System.Text.Json;
using Ledger.Domain.Releases;
using Ledger.Exports.Tests.Ledgers;
using Ledger.Integrity;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Testing;

namespace Ledger.Exports.Tests.Bundles;

public class ReleaseBundleTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task A_bundle_holds_exactly_the_files_of_its_format()
    {
        var files = await (await TestBundle.OfAsync(MemoryLedger.Whole())).FilesAsync();
        files.Keys.ShouldBe(
        [
            "manifest", "README.md", "checkpoint", "events.ndjson", "evidence.json", "go-no-go.json",
            .. new[] { TestKeys.Alice, TestKeys.Bob, TestKeys.Carol }.Select(key => $"keys/{key.PublicKey.KeyId}.pem").Order(StringComparer.Ordinal),
            "log.vkey", "policy.json", "proofs.ndjson",
            .. new[] { "01-technical-tech-lead-alice", "02-business-product-bob", "03-final-ciso-carol" }.SelectMany(name => new[] { "dsse.json", "pae", "sig", "statement.json" }.Select(part => $"sign-offs/{name}.{part}")),
            "sign-offs.pdf", "vsa.json",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task The_same_place_in_the_log_gives_the_same_bytes() =>
        (await (await TestBundle.OfAsync(MemoryLedger.Whole())).ZipAsync()).ShouldBe(await (await TestBundle.OfAsync(MemoryLedger.Whole())).ZipAsync());

    [Fact]
    public async Task The_manifest_is_the_logs_and_names_every_other_file()
    {
        var files = await (await TestBundle.OfAsync(MemoryLedger.Whole())).FilesAsync();
        BundleManifest.Verify(files["manifest"], new VerifierKey(MemoryLedger.Origin, TestKeys.Log.PublicKey), out var manifest).ShouldBe(Verification.Valid);

        manifest!.Subject.ShouldBe("release shop/1.4.0");
        manifest.Files.Select(file => file.Path).ShouldBe(files.Keys.Where(path => path != "manifest"));
        manifest.Files.ShouldAllBe(file => Hash.Sha256(files[file.Path]) == file.Sha256 && files[file.Path].Length == file.Size);
    }

    [Fact]
    public async Task Every_event_is_proved_to_be_under_the_checkpoint()
    {
        var files = await (await TestBundle.OfAsync(MemoryLedger.Whole())).FilesAsync();
        Checkpoint.Verify(files["checkpoint"], MemoryLedger.Origin, new VerifierKey(MemoryLedger.Origin, TestKeys.Log.PublicKey), out var checkpoint).ShouldBe(Verification.Valid);

        var events = Lines(files["events.ndjson"]);
        var proofs = Lines(files["proofs.ndjson"]);
        events.Length.ShouldBe(proofs.Length);
        foreach (var (leaf, line) in events.Zip(proofs))
        {
            InclusionProofLine.TryParse(Encoding.UTF8.GetBytes(line), out var proof).ShouldBeTrue();
            InclusionProof.Verify(proof!.LeafIndex, checkpoint!.Size, MerkleHash.Leaf(Encoding.UTF8.GetBytes(leaf)), [.. proof.Hashes], checkpoint.Root).ShouldBe(Verification.Valid);
        }
    }

    [Fact]
    public async Task The_go_no_go_on_file_is_the_one_that_the_decision_digests()
    {
        var ledger = MemoryLedger.Whole();
        var files = await (await TestBundle.OfAsync(ledger)).FilesAsync();
        var made = ledger.Dossier(MemoryLedger.Shop).Decision!.Event.ShouldBeOfType<ReleaseEvent.DecisionMade>();
        Hash.Sha256(files["go-no-go.json"]).ToString().ShouldBe(made.GoNoGo.Digest.Hex);
        Hash.Sha256(files["policy.json"]).ToString().ShouldBe(made.Policy.Digest.Hex);
    }

    [Fact]
    public async Task Without_a_decision_there_is_no_summary_and_the_go_no_go_is_that_of_the_last_event()
    {
        var ledger = new MemoryLedger();
        ledger.Open(MemoryLedger.Shop);
        ledger.Report(MemoryLedger.Shop, 120);
        var files = await (await TestBundle.OfAsync(ledger)).FilesAsync();

        files.ShouldNotContainKey("vsa.json");
        var standing = JsonElement.Parse(files["go-no-go.json"]);
        standing.GetProperty("verdict").GetString().ShouldBe("PENDING");
        standing.GetProperty("last").GetProperty("sequence").GetInt64().ShouldBe(4);
        standing.GetProperty("at").GetString().ShouldBe("2026-01-31T12:03:00.000000Z");
    }

    [Fact]
    public async Task The_verification_summary_is_as_SLSA_wants_it() =>
        Golden.ShouldMatch(Indented((await (await TestBundle.OfAsync(MemoryLedger.Whole())).FilesAsync())["vsa.json"]), "vsa.json");

    [Fact]
    public async Task A_no_go_and_an_emergency_are_told_apart_in_the_summary()
    {
        var ledger = new MemoryLedger();
        ledger.Open(MemoryLedger.Shop);
        ledger.Report(MemoryLedger.Shop, 120);
        foreach (var gate in new[] { "backup", "rollback", "freeze" }) ledger.Attest(MemoryLedger.Shop, gate);
        var manager = new Domain.Actors.Actor("mia.manager", Domain.Actors.Role.ReleaseManager);
        ledger.Do(MemoryLedger.Shop, new ReleaseCommand.Decide(MemoryLedger.Shop, Go: true, EmergencyReason: "customers cannot pay"), manager);
        (await PredicateAsync(ledger)).GetProperty("verifiedLevels")[0].GetString().ShouldBe("LEDGER_GO_BEFORE_APPROVAL");

        ledger.Do(MemoryLedger.Shop, new ReleaseCommand.Decide(MemoryLedger.Shop, Go: false, "it made things worse"), manager);
        var predicate = await PredicateAsync(ledger);
        predicate.GetProperty("verificationResult").GetString().ShouldBe("FAILED");
        predicate.GetProperty("verifiedLevels")[0].GetString().ShouldBe("FAILED");
    }

    [Fact]
    public async Task The_instructions_are_complete() =>
        Golden.ShouldMatch(Encoding.UTF8.GetString((await (await TestBundle.OfAsync(MemoryLedger.Whole())).FilesAsync())["README.md"]), "README.md");

    private static async Task<JsonElement> PredicateAsync(MemoryLedger ledger) =>
        JsonElement.Parse((await (await TestBundle.OfAsync(ledger)).FilesAsync())["vsa.json"]).GetProperty("predicate");

    private static string[] Lines(byte[] file) => Encoding.UTF8.GetString(file).TrimEnd('\n').Split('\n');

    internal static string Indented(byte[] json) => JsonSerializer.Serialize(JsonElement.Parse(json), Readable) + "\n";
}
