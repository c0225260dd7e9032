using Ledger.Integrity.Notes;
using Ledger.Integrity.Tests.Keys;

namespace Ledger.Integrity.Tests.Notes;

public class NoteVerifierTests
{
    private const string Text = "what is signed\n";

    private readonly NoteSigner _log = new("ledger.example/log", TestKeys.Ed25519);
    private readonly NoteSigner _witness = new("witness.example/w", TestKeys.OtherEd25519);
    private readonly NoteSigner _ecdsa = new("ledger.example/log", TestKeys.EcdsaP256);

    [Fact]
    public void A_note_is_verified_by_the_keys_that_signed_it_each_once()
    {
        var note = _log.SignNote(Text).With(_witness.Sign(Text), _ecdsa.Sign(Text), _log.Sign(Text));
        NoteVerifier.Verify(note, [_witness.VerifierKey, _ecdsa.VerifierKey, _log.VerifierKey], out var signedBy).ShouldBe(Verification.Valid);
        signedBy.ShouldBe([_log.VerifierKey, _witness.VerifierKey, _ecdsa.VerifierKey]);
    }

    [Fact]
    public void Unknown_signatures_are_passed_over()
    {
        var note = _log.SignNote(Text).With(_witness.Sign(Text));
        NoteVerifier.Verify(note, _witness.VerifierKey).ShouldBe(Verification.Valid);
    }

    [Fact]
    public void A_note_that_nobody_known_signed_is_rejected()
    {
        NoteVerifier.Verify(_log.SignNote(Text), _witness.VerifierKey).Code.ShouldBe("note_signer_unknown");
        NoteVerifier.Verify(_log.SignNote(Text), [], out var signedBy).Code.ShouldBe("note_signer_unknown");
        signedBy.ShouldBeEmpty();
    }

    [Fact]
    public void One_failing_signature_of_a_known_key_rejects_the_whole_note()
    {
        var forged = new NoteSignature(_witness.VerifierKey.Name, _witness.VerifierKey.KeyId, new byte[64]);
        NoteVerifier.Verify(_log.SignNote(Text).With(forged), [_log.VerifierKey, _witness.VerifierKey], out var signedBy).Code.ShouldBe("note_signature_invalid");
        signedBy.ShouldBeEmpty();

        var second = new NoteSignature(_log.VerifierKey.Name, _log.VerifierKey.KeyId, new byte[64]);
        NoteVerifier.Verify(_log.SignNote(Text).With(second), _log.VerifierKey).Code.ShouldBe("note_signature_invalid");
    }

    [Fact]
    public void Sharing_a_name_or_an_ID_but_not_both_is_not_being_known()
    {
        var sameName = new NoteSignature(_log.VerifierKey.Name, _log.VerifierKey.KeyId ^ 1, new byte[64]);
        var sameId = new NoteSignature("other", _log.VerifierKey.KeyId, new byte[64]);
        NoteVerifier.Verify(_log.SignNote(Text).With(sameName, sameId), _log.VerifierKey).ShouldBe(Verification.Valid);
        NoteVerifier.Verify(new Note(Text, [sameName, sameId]), _log.VerifierKey).Code.ShouldBe("note_signer_unknown");
    }

    [Theory]
    [InlineData("what is signeD\n")]
    [InlineData("what is signed\n\n")]
    public void A_signature_is_of_its_text_alone(string other) =>
        NoteVerifier.Verify(new Note(other, [_log.Sign(Text)]), _log.VerifierKey).Code.ShouldBe("note_signature_invalid");
}
