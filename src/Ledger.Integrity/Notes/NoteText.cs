using System.Text;

namespace Ledger.Integrity.Notes;

/// <summary>C2SP signed-note, "Format": valid UTF-8 and no ASCII control character but newline.</summary>
internal static class NoteText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] ToBytes(string text) => Strict.GetBytes(text);

    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (c < ' ' && c != '\n') return false;
        for (var rest = text; !rest.IsEmpty;)
        {
            var surrogate = rest.IndexOfAnyInRange('\uD800', '\uDFFF');
            if (surrogate < 0) break;
            if (Rune.DecodeFromUtf16(rest[surrogate..], out _, out var units) != System.Buffers.OperationStatus.Done) return false;
            rest = rest[(surrogate + units)..];
        }

        return true;
    }

    public static string? FromBytes(ReadOnlySpan<byte> utf8)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8)) return null;
        var text = Encoding.UTF8.GetString(utf8);
        return IsWellFormed(text) ? text : null;
    }
}
