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
        var verification = VerifyAll(note, knownKeys, out var verified);
        signedBy = [.. verified.Select(signature => signature.Key)];
        return verification;
    }

    /// <inheritdoc cref="Verify(Note, IReadOnlyCollection{VerifierKey}, out IReadOnlyList{VerifierKey})"/>
    /// <param name="note"/>
    /// <param name="knownKey">The one key that is trusted to sign it.</param>
    public static Verification Verify(Note note, VerifierKey knownKey) => Verify(note, [knownKey], out _);

    internal static Verification VerifyAll(Note note, IReadOnlyCollection<VerifierKey> knownKeys, out List<VerifiedSignature> verified)
    {
        verified = [];
        var text = NoteText.ToBytes(note.Text);
        foreach (var signature in note.Signatures)
        {
            foreach (var key in knownKeys)
            {
                if (key.KeyId != signature.KeyId || key.Name != signature.Name) continue;
                if (!Verify(key, note.Text, text, signature.Signature.Span, out var unixSeconds))
                {
                    verified.Clear();
                    return Verification.Invalid("note_signature_invalid", $"the signature of {key.Name}+{key.KeyId:x8} does not verify");
                }

                if (verified.TrueForAll(each => each.Key != key)) verified.Add(new VerifiedSignature(key, unixSeconds));
            }
        }

        return verified.Count == 0 ? Verification.Invalid("note_signer_unknown", "no signature is of a known key") : Verification.Valid;
    }

    private static bool Verify(VerifierKey key, string text, byte[] utf8, ReadOnlySpan<byte> signature, out long? unixSeconds)
    {
        unixSeconds = null;
        if (key.Type != NoteKeyType.Cosignature) return key.PublicKey.Verify(utf8, signature);
        if (!CosignedMessage.TrySplit(signature, out var time, out var signed)) return false;
        unixSeconds = time;
        return key.PublicKey.Verify(CosignedMessage.Encode(text, time), signed);
    }
}
