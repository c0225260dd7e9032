using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Ledger.Integrity.Notes;

/// <summary>
/// A log's tree head (C2SP tlog-checkpoint): whose log, how many leaves, which root. Signed, it is a note with <see cref="ToString"/> as
/// its text. Immutable and thread-safe.
/// </summary>
public sealed record Checkpoint
{
    /// <summary>Makes a checkpoint.</summary>
    /// <param name="origin">The log's identity: not empty, no newline or other control character.</param>
    /// <param name="size">The number of leaves; not negative.</param>
    /// <param name="root">The root of the RFC 6962 tree of that size.</param>
    /// <param name="extensions">Opaque lines, none of them empty. Auditors cannot check them: the specification advises against any.</param>
    /// <exception cref="ArgumentException">One of them is not as said.</exception>
    public Checkpoint(string origin, long size, Hash root, IReadOnlyList<string>? extensions = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (!IsLine(origin)) throw new ArgumentException("An origin is one line that is not empty.", nameof(origin));
        if (extensions is not null && !extensions.All(IsLine)) throw new ArgumentException("An extension is one line that is not empty.", nameof(extensions));
        (Origin, Size, Root, Extensions) = (origin, size, root, [.. extensions ?? []]);
    }

    /// <summary>The log's identity.</summary>
    public string Origin { get; }

    /// <summary>The number of leaves.</summary>
    public long Size { get; }

    /// <summary>The root of the tree.</summary>
    public Hash Root { get; }

    /// <summary>Opaque lines after the root; mostly none.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <summary>The text of the note: origin, size, root in base64, extensions, each on a line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Origin).Append('\n').Append(CultureInfo.InvariantCulture, $"{Size}").Append('\n').Append(Root.ToBase64()).Append('\n');
        foreach (var extension in Extensions) text.Append(extension).Append('\n');
        return text.ToString();
    }

    /// <summary>Signs the checkpoint. A log signs no two that disagree: that is for its owner to keep.</summary>
    public Note Sign(NoteSigner signer) => signer.SignNote(ToString());

    /// <summary>Whether both have the same origin, size, root and extensions.</summary>
    public bool Equals(Checkpoint? other) =>
        other is not null && Origin == other.Origin && Size == other.Size && Root == other.Root && Extensions.SequenceEqual(other.Extensions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Origin, Size, Root);

    /// <summary>Reads the text of a note as a checkpoint. Any text that is accepted is what <see cref="ToString"/> writes again.</summary>
    /// <param name="noteText">The text, with its final newline.</param>
    /// <param name="checkpoint">The checkpoint; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryParse(string noteText, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? error)
    {
        checkpoint = null;
        error = null;
        var lines = noteText.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0) error = "a checkpoint has at least three lines, each ended by a newline";
        else if (!lines[..^1].All(IsLine)) error = "a checkpoint has no empty line and no control character";
        else if (!StrictDecimal.TryParse(lines[1], out var size)) error = "the size is not a decimal number without leading zeroes";
        else if (!Hash.TryParseBase64(lines[2], out var root)) error = "the root is not the base64 of 32 bytes";
        else checkpoint = new Checkpoint(lines[0], size, root, lines[3..^1]);
        return error is null;
    }

    /// <summary>Opens a signed checkpoint: parses it, checks whose log it is and that the log's key signed it.</summary>
    /// <param name="signedNote">The whole note.</param>
    /// <param name="origin">The log that is expected.</param>
    /// <param name="logKey">The log's key. Signatures of others, such as witnesses, are passed over.</param>
    /// <param name="checkpoint">What was signed; null unless valid.</param>
    /// <returns>
    /// Codes: <c>note_malformed</c>, <c>note_signature_invalid</c>, <c>note_signer_unknown</c>, <c>checkpoint_malformed</c>,
    /// <c>checkpoint_origin_differs</c>, <c>log_key_is_cosigner</c>.
    /// </returns>
    public static Verification Verify(ReadOnlySpan<byte> signedNote, string origin, VerifierKey logKey, out Checkpoint? checkpoint)
    {
        var verification = Verify(signedNote, origin, logKey, [], out var verified);
        checkpoint = verified?.Checkpoint;
        return verification;
    }

    /// <summary>Opens a signed checkpoint as above, and says which witnesses cosigned it and when.</summary>
    /// <param name="signedNote">The whole note.</param>
    /// <param name="origin">The log that is expected.</param>
    /// <param name="logKey">The log's key, which must have signed.</param>
    /// <param name="witnesses">Keys of type <see cref="NoteKeyType.Cosignature"/>. A bad cosignature of one of them rejects the note; none at all does not.</param>
    /// <param name="verified">What was signed, and who cosigned; null unless valid.</param>
    /// <returns>The codes of the other overload.</returns>
    public static Verification Verify(
        ReadOnlySpan<byte> signedNote, string origin, VerifierKey logKey, IReadOnlyCollection<VerifierKey> witnesses, out VerifiedCheckpoint? verified)
    {
        verified = null;
        return Note.TryParse(signedNote, out var note, out var error)
            ? Verify(note, origin, logKey, witnesses, out verified)
            : Verification.Invalid("note_malformed", error);
    }

    internal static Verification Verify(
        Note note, string origin, VerifierKey logKey, IReadOnlyCollection<VerifierKey> witnesses, out VerifiedCheckpoint? verified)
    {
        verified = null;
        if (logKey.Type == NoteKeyType.Cosignature)
            return Verification.Invalid("log_key_is_cosigner", $"{logKey.Name}+{logKey.KeyId:x8} is a witness's key: it does not say what the log is");
        var signed = NoteVerifier.VerifyAll(note, [logKey, .. witnesses], out var signatures);
        if (!signed.IsValid) return signed;
        if (signatures.TrueForAll(signature => signature.Key != logKey)) return Verification.Invalid("note_signer_unknown", "no signature is of the log's key");
        if (!TryParse(note.Text, out var checkpoint, out var error)) return Verification.Invalid("checkpoint_malformed", error);
        if (checkpoint.Origin != origin)
            return Verification.Invalid("checkpoint_origin_differs", $"the checkpoint is of {checkpoint.Origin}, not of {origin}");

        var cosignatures = signatures.Where(signature => signature.UnixSeconds is not null).Select(signature => new Cosignature(signature.Key, signature.UnixSeconds!.Value));
        verified = new VerifiedCheckpoint(checkpoint, [.. cosignatures]);
        return Verification.Valid;
    }

    private static bool IsLine(string line) => line.Length > 0 && !line.Contains('\n') && NoteText.IsWellFormed(line);
}
