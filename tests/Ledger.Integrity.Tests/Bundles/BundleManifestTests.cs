using Ledger.Integrity.Bundles;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Tests.Keys;

namespace Ledger.Integrity.Tests.Bundles;

public class BundleManifestTests
{
    private const string Origin = "ledger.example/prod";

    private static readonly NoteSigner Signer = new(Origin, TestKeys.Ed25519);
    private static readonly BundleManifest Manifest = new(
        Origin, "release shop/1.2.3", [new("README.md", 0, Hash.Sha256([])), new("keys/a@b.pem", 7, Hash.Sha256("a"u8)), new("policy.json", 123, Hash.Sha256("b"u8))]);

    [Fact]
    public void A_manifest_names_its_log_its_subject_and_every_file() => Golden.ShouldMatch(Manifest.ToString(), "BundleManifest.txt");

    [Fact]
    public void A_signed_manifest_is_read_again()
    {
        BundleManifest.Verify(Manifest.Sign(Signer), Signer.VerifierKey, out var read).ShouldBe(Verification.Valid);
        read!.ToString().ShouldBe(Manifest.ToString());
        read.Files.ShouldBe(Manifest.Files);
    }

    [Fact]
    public void Every_bit_that_is_flipped_is_found()
    {
        var sound = Manifest.Sign(Signer);
        for (var bit = 0; bit < sound.Length * 8; bit++)
        {
            var mutated = sound.ToArray();
            mutated[bit / 8] ^= (byte)(1 << (bit % 8));
            BundleManifest.Verify(mutated, Signer.VerifierKey, out _).IsValid.ShouldBeFalse();
        }
    }

    [Fact]
    public void A_manifest_that_another_signed_too_is_refused()
    {
        Note.TryParse(Manifest.Sign(Signer), out var note, out _).ShouldBeTrue();
        var twice = note!.With(new NoteSigner("other", TestKeys.OtherEd25519).Sign(note.Text));
        BundleManifest.Verify(twice.ToBytes(), Signer.VerifierKey, out _).Code.ShouldBe("note_malformed");
    }

    [Fact]
    public void A_manifest_of_another_log_is_refused()
    {
        var other = new BundleManifest("other.example", Manifest.Subject, Manifest.Files).Sign(Signer);
        BundleManifest.Verify(other, Signer.VerifierKey, out _).Code.ShouldBe("manifest_origin_differs");
    }

    [Theory]
    [InlineData("ledger-bundle/v2\nlog\nrelease a/b\nDIGEST 1 a\n")]
    [InlineData("ledger-bundle/v1\nlog\nrelease a/b\n")]
    [InlineData("ledger-bundle/v1\n\nrelease a/b\nDIGEST 1 a\n")]
    [InlineData("ledger-bundle/v1\nlog\n\nDIGEST 1 a\n")]
    [InlineData("ledger-bundle/v1\nlog\nrelease a/b\nDIGEST 1 b\nDIGEST 1 a\n")]
    [InlineData("ledger-bundle/v1\nlog\nrelease a/b\nDIGEST 1 a\nDIGEST 1 a\n")]
    [InlineData("ledger-bundle/v1\nlog\nrelease a/b\nDIGEST 01 a\n")]
    [InlineData("ledger-bundle/v1\nlog\nrelease a/b\nDIGEST 1 ../a\n")]
    [InlineData("ledger-bundle/v1\nlog\nrelease a/b\nDIGEST 1 manifest\n")]
    [InlineData("ledger-bundle/v1\nlog\nrelease a/b\nDIGEST 1  a\n")]
    [InlineData("ledger-bundle/v1\nlog\nrelease a/b\nDIGEST 1 a\n\n")]
    public void A_text_that_could_be_read_in_two_ways_is_no_manifest(string text) =>
        BundleManifest.TryParse(text.Replace("DIGEST", $"sha256:{Hash.Sha256([])}", StringComparison.Ordinal), out _, out _).ShouldBeFalse();
}
