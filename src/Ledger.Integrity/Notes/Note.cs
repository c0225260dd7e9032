using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Ledger.Integrity.Notes;

/// <summary>
/// A signed note (C2SP signed-note): a text and who signed it. The text of a note that was only parsed is not to be believed:
/// <see cref="NoteVerifier"/> says whose it is. Immutable and thread-safe.
/// </summary>
public sealed class Note
{
    /// <summary>The largest note that is read, in bytes.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>The most signatures that are read. The specification asks for at least 16.</summary>
    public const int MaxSignatures = 64;

    private const string Separator = "\n\n";

    /// <summary>Puts together a note from signatures over its text.</summary>
    /// <param name="text">Ends with a newline; holds no other control character.</param>
    /// <param name="signatures">1 to <see cref="MaxSignatures"/>.</param>
    /// <exception cref="ArgumentException">The text or the number of signatures is not as said.</exception>
    public Note(string text, IReadOnlyList<NoteSignature> signatures)
    {
        if (!IsText(text)) throw new ArgumentException("The text of a note ends with a newline and holds no other control character and no lone surrogate.", nameof(text));
        if (signatures.Count is 0 or > MaxSignatures) throw new ArgumentException($"A note has 1 to {MaxSignatures} signatures.", nameof(signatures));
        (Text, Signatures) = (text, [.. signatures]);
    }

    /// <summary>What is signed, with its final newline.</summary>
    public string Text { get; }

    /// <summary>The signature lines, in order.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>The note with more signatures after those it has, e.g. of witnesses.</summary>
    /// <exception cref="ArgumentException">There would be more than <see cref="MaxSignatures"/>.</exception>
    public Note With(params IEnumerable<NoteSignature> signatures) => new(Text, [.. Signatures, .. signatures]);

    /// <summary>The whole note: text, blank line, signature lines.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures) note.Append(signature).Append('\n');
        return note.ToString();
    }

    /// <summary>The whole note as UTF-8.</summary>
    public byte[] ToBytes() => NoteText.ToBytes(ToString());

    /// <summary>Reads a note. Any text that is accepted is what <see cref="ToBytes"/> writes again, byte for byte.</summary>
    /// <param name="utf8">The whole note; at most <see cref="MaxBytes"/>.</param>
    /// <param name="note">The note; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Note? note, [NotNullWhen(false)] out string? error)
    {
        note = null;
        error = Parse(utf8, out var text, out var signatures);
        if (error is not null) return false;
        note = new Note(text, signatures);
        return true;
    }

    private static string? Parse(ReadOnlySpan<byte> utf8, out string text, out List<NoteSignature> signatures)
    {
        text = "";
        signatures = [];
        if (utf8.Length > MaxBytes) return $"the note is larger than {MaxBytes} bytes";
        if (NoteText.FromBytes(utf8) is not { } whole) return "the note is not UTF-8, or holds a control character";

        // The text may have blank lines of its own; signature lines have none.
        var separator = whole.LastIndexOf(Separator, StringComparison.Ordinal);
        if (separator < 0) return "the note has no blank line before signatures";
        text = whole[..(separator + 1)];
        var lines = whole.AsSpan(separator + Separator.Length);
        if (!lines.EndsWith("\n")) return "the note does not end with a signature line";

        foreach (var range in lines[..^1].Split('\n'))
        {
            if (signatures.Count == MaxSignatures) return $"the note has more than {MaxSignatures} signatures";
            if (NoteSignature.Parse(lines[range]) is not { } signature) return $"signature line {signatures.Count + 1} is malformed";
            signatures.Add(signature);
        }

        return null;
    }

    private static bool IsText(string text) => text.EndsWith('\n') && NoteText.IsWellFormed(text);
}
