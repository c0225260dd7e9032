namespace Ledger.Integrity.Notes;

/// <summary>Says who signed a note (C2SP signed-note, "Signatures"). Pure and thread-safe.</summary>
public static class NoteVerifier
{
    /// <summary>
    /// Checks every signature whose name and key ID match a known key. One that fails rejects the whole note; signatures of unknown
    /// keys are passed over; with none of a known key the note is rejected.
    /// </summary>
    /// <param name="note">The note.</param>
    /// <param name="knownKeys">The keys that are trusted to sign it.</param>
    /// <param name="signedBy">The known keys that signed, each once, in the order of the signatures; empty when the note is rejected.</param>
    /// <returns>Codes: <c>note_signature_invalid</c>, <c>note_signer_unknown</c>.</returns>
    public static Verification Verify(Note note, IReadOnlyCollection<VerifierKey> knownKeys, out IReadOnlyList<VerifierKey> signedBy)
    {
        signedBy = [];
        var text = NoteText.ToBytes(note.Text);
        var verified = new List<VerifierKey>();
        foreach (var signature in note.Signatures)
        {
            foreach (var key in knownKeys)
            {
                if (key.KeyId != signature.KeyId || key.Name != signature.Name) continue;
                if (!key.PublicKey.Verify(text, signature.Signature.Span))
                    return Verification.Invalid("note_signature_invalid", $"the signature of {key.Name}+{key.KeyId:x8} does not verify");
                if (!verified.Contains(key)) verified.Add(key);
            }
        }

        if (verified.Count == 0) return Verification.Invalid("note_signer_unknown", "no signature is of a known key");
        signedBy = verified;
        return Verification.Valid;
    }

    /// <inheritdoc cref="Verify(Note, IReadOnlyCollection{VerifierKey}, out IReadOnlyList{VerifierKey})"/>
    /// <param name="note"/>
    /// <param name="knownKey">The one key that is trusted to sign it.</param>
    public static Verification Verify(Note note, VerifierKey knownKey) => Verify(note, [knownKey], out _);
}
