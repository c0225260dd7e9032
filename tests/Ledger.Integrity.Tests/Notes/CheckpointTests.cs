using System.Text;

using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Tests.Keys;

namespace Ledger.Integrity.Tests.Notes;

public class CheckpointTests
{
    private const string Origin = "ledger.example/log";
    private const string Root = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

    private readonly NoteSigner _signer = new(Origin, TestKeys.Ed25519);

    [Fact]
    public void A_signed_checkpoint_is_a_note_of_origin_size_and_root()
    {
        var checkpoint = new Checkpoint(Origin, 20_852_163, Hash.Sha256("abc"u8));
        var note = checkpoint.Sign(_signer);
        Golden.ShouldMatch(note.ToString(), "Checkpoint.txt");
        Checkpoint.Verify(note.ToBytes(), Origin, _signer.VerifierKey, out var opened).ShouldBe(Verification.Valid);
        opened.ShouldBe(checkpoint);
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    public void Either_kind_of_key_can_sign(KeyAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        var signer = new NoteSigner(Origin, key);
        var note = new Checkpoint(Origin, 1, Hash.Sha256("abc"u8)).Sign(signer);
        Checkpoint.Verify(note.ToBytes(), Origin, signer.VerifierKey, out _).ShouldBe(Verification.Valid);
    }

    [Theory]
    [InlineData($"{Origin}\n0\n{Root}\n")]
    [InlineData($"{Origin}\n1\n{Root}\n")]
    [InlineData($"{Origin}\n9223372036854775807\n{Root}\n")]
    [InlineData($"any origin + text\n1\n{Root}\nextension\nanother one\n")]
    public void What_is_accepted_is_written_again_as_it_was(string text)
    {
        Checkpoint.TryParse(text, out var checkpoint, out var error).ShouldBeTrue(error);
        checkpoint.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData($"{Origin}\n1\n{Root}")]
    [InlineData($"{Origin}\n1\n")]
    [InlineData($"\n1\n{Root}\n")]
    [InlineData($"{Origin}\n\n{Root}\n")]
    [InlineData($"{Origin}\n1\n\n")]
    [InlineData($"{Origin}\n1\n{Root}\n\n")]
    [InlineData($"{Origin}\n1\n{Root}\n\nextension\n")]
    [InlineData($"{Origin}\n01\n{Root}\n")]
    [InlineData($"{Origin}\n00\n{Root}\n")]
    [InlineData($"{Origin}\n+1\n{Root}\n")]
    [InlineData($"{Origin}\n-1\n{Root}\n")]
    [InlineData($"{Origin}\n 1\n{Root}\n")]
    [InlineData($"{Origin}\n1.0\n{Root}\n")]
    [InlineData($"{Origin}\n٣\n{Root}\n")]
    [InlineData($"{Origin}\n9223372036854775808\n{Root}\n")]
    [InlineData($"{Origin}\n1\nungWv48B\n")]
    [InlineData($"{Origin}\n1\n {Root}\n")]
    [InlineData($"{Origin}\r\n1\r\n{Root}\r\n")]
    public void What_is_not_exactly_a_checkpoint_is_refused(string text)
    {
        Checkpoint.TryParse(text, out _, out var error).ShouldBeFalse();
        error.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Opening_says_what_is_wrong()
    {
        var checkpoint = new Checkpoint(Origin, 5, Hash.Sha256("abc"u8));
        var signed = checkpoint.Sign(_signer).ToString();
        Open(signed).ShouldBe(Verification.Valid);
        Open(signed.Replace("\n5\n", "\n6\n", StringComparison.Ordinal)).Code.ShouldBe("note_signature_invalid");
        Open(signed[..^1]).Code.ShouldBe("note_malformed");
        Open(signed, origin: "other.example/log").Code.ShouldBe("checkpoint_origin_differs");
        Open(_signer.SignNote("not a checkpoint\n").ToString()).Code.ShouldBe("checkpoint_malformed");
        Open(checkpoint.Sign(new NoteSigner(Origin, TestKeys.OtherEd25519)).ToString()).Code.ShouldBe("note_signer_unknown");
    }

    [Fact]
    public void A_checkpoint_that_could_not_be_read_cannot_be_made()
    {
        Should.Throw<ArgumentException>(() => new Checkpoint("", 0, default));
        Should.Throw<ArgumentException>(() => new Checkpoint("two\nlines", 0, default));
        Should.Throw<ArgumentException>(() => new Checkpoint(Origin, -1, default));
        Should.Throw<ArgumentException>(() => new Checkpoint(Origin, 0, default, [""]));
        Should.Throw<ArgumentException>(() => new Checkpoint(Origin, 0, default, ["a\nb"]));
    }

    private Verification Open(string note, string origin = Origin)
    {
        var verification = Checkpoint.Verify(Encoding.UTF8.GetBytes(note), origin, _signer.VerifierKey, out var checkpoint);
        (checkpoint is not null).ShouldBe(verification.IsValid);
        return verification;
    }
}
