using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

using Ledger.Integrity.Archives;
using Ledger.Integrity.Notes;

namespace Ledger.Integrity.Bundles;

/// <summary>
/// What a bundle holds, as its log signs it: the text of a signed note (C2SP signed-note), one line each for the format, the log's origin, the
/// subject, and for every other file <c>sha256:HEX SIZE PATH</c>, in ordinal order of the paths. Immutable and thread-safe.
/// </summary>
public sealed class BundleManifest
{
    /// <summary>The file that holds the signed manifest, the first one of a bundle.</summary>
    public const string Path = "manifest";

    /// <summary>The first line.</summary>
    public const string Format = "ledger-bundle/v1";

    /// <summary>The most files; a note of as many, with the longest paths, has less than <see cref="Note.MaxBytes"/>.</summary>
    public const int MaxFiles = 2_048;

    private const string DigestPrefix = "sha256:";

    /// <summary>Makes a manifest.</summary>
    /// <param name="origin">The log's origin: one line.</param>
    /// <param name="subject">What the bundle is about: one line, <c>release SERVICE/VERSION</c> or <c>period FROM TO SERVICE</c> with <c>*</c> for every service.</param>
    /// <param name="files">Every file but the manifest, in ordinal order of the paths; 1 to <see cref="MaxFiles"/>.</param>
    /// <exception cref="ArgumentException">One of them is not as said.</exception>
    public BundleManifest(string origin, string subject, IReadOnlyList<BundleFile> files)
    {
        if (!IsLine(origin) || !IsLine(subject)) throw new ArgumentException("Origin and subject are lines that are not empty.", nameof(subject));
        if (!AreFiles(files)) throw new ArgumentException($"A manifest names 1 to {MaxFiles} files, each once, in ordinal order of their paths.", nameof(files));
        (Origin, Subject, Files) = (origin, subject, [.. files]);
    }

    /// <summary>The log's origin.</summary>
    public string Origin { get; }

    /// <summary>What the bundle is about.</summary>
    public string Subject { get; }

    /// <summary>Every file but the manifest.</summary>
    public IReadOnlyList<BundleFile> Files { get; }

    /// <summary>Signs the manifest as the log: the bytes of the file <see cref="Path"/>.</summary>
    public byte[] Sign(NoteSigner signer) => signer.SignNote(ToString()).ToBytes();

    /// <summary>The text of the note.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Format).Append('\n').Append(Origin).Append('\n').Append(Subject).Append('\n');
        foreach (var file in Files) text.Append(CultureInfo.InvariantCulture, $"{DigestPrefix}{file.Sha256} {file.Size} {file.Path}\n");
        return text.ToString();
    }

    /// <summary>Reads the text of a note as a manifest. Any text that is accepted is what <see cref="ToString"/> writes again.</summary>
    /// <param name="noteText">The text, with its final newline.</param>
    /// <param name="manifest">The manifest; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryParse(string noteText, [NotNullWhen(true)] out BundleManifest? manifest, [NotNullWhen(false)] out string? error)
    {
        (manifest, error) = (null, null);
        var lines = noteText.Split('\n');
        var files = new List<BundleFile>();
        if (lines.Length < 5 || lines[^1].Length > 0 || lines[0] != Format) error = $"the manifest is not one of {Format}";
        else if (!IsLine(lines[1]) || !IsLine(lines[2])) error = "the manifest names no log, or nothing that it is about";
        else if (lines.Length - 4 > MaxFiles) error = $"the manifest names more than {MaxFiles} files";
        else if (!lines[3..^1].All(line => TryParseFile(line, files))) error = $"line {files.Count + 4} of the manifest does not name a file";
        else if (!AreFiles(files)) error = "the manifest does not name each file once, in order";
        else manifest = new BundleManifest(lines[1], lines[2], files);
        return error is null;
    }

    /// <summary>Opens a signed manifest: parses it, checks that the log's key signed it and that the log is the key's.</summary>
    /// <param name="signedNote">The whole note.</param>
    /// <param name="logKey">The log's key.</param>
    /// <param name="manifest">What was signed; null unless valid.</param>
    /// <returns>Codes: <c>note_malformed</c>, <c>note_signature_invalid</c>, <c>note_signer_unknown</c>, <c>log_key_is_cosigner</c>, <c>manifest_malformed</c>, <c>manifest_origin_differs</c>.</returns>
    public static Verification Verify(ReadOnlySpan<byte> signedNote, VerifierKey logKey, out BundleManifest? manifest)
    {
        manifest = null;
        if (logKey.Type == NoteKeyType.Cosignature) return Verification.Invalid("log_key_is_cosigner", $"{logKey.Name}+{logKey.KeyId:x8} is a witness's key");
        if (!Note.TryParse(signedNote, out var note, out var error)) return Verification.Invalid("note_malformed", error);

        // Signatures of others would be passed over, and could be anything: the log signs alone.
        if (note.Signatures.Count != 1) return Verification.Invalid("note_malformed", "a manifest has one signature, the log's");
        var signed = NoteVerifier.Verify(note, logKey);
        if (!signed.IsValid) return signed;
        if (!TryParse(note.Text, out var read, out error)) return Verification.Invalid("manifest_malformed", error);
        if (read.Origin != logKey.Name) return Verification.Invalid("manifest_origin_differs", $"the manifest is of '{read.Origin}', the key of '{logKey.Name}'");
        manifest = read;
        return Verification.Valid;
    }

    private static bool TryParseFile(string line, List<BundleFile> files)
    {
        if (line.Split(' ') is not [var digest, var sizeText, var path] || !digest.StartsWith(DigestPrefix, StringComparison.Ordinal)
            || !Hash.TryParseHex(digest.AsSpan(DigestPrefix.Length), out var sha256) || !StrictDecimal.TryParse(sizeText, out var size)) return false;
        files.Add(new BundleFile(path, size, sha256));
        return true;
    }

    private static bool AreFiles(IReadOnlyList<BundleFile> files)
    {
        if (files.Count is 0 or > MaxFiles) return false;
        for (var i = 0; i < files.Count; i++)
        {
            if (files[i].Size < 0 || !ArchivePath.IsValid(files[i].Path) || files[i].Path == Path) return false;
            if (i > 0 && string.CompareOrdinal(files[i - 1].Path, files[i].Path) >= 0) return false;
        }

        return true;
    }

    private static bool IsLine(string text) => text.Length > 0 && !text.Contains('\n') && NoteText.IsWellFormed(text);
}
