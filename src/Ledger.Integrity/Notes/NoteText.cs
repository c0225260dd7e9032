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
        return !Utf16Text.HasLoneSurrogate(text);
    }

    public static string? FromBytes(ReadOnlySpan<byte> utf8)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8)) return null;
        var text = Encoding.UTF8.GetString(utf8);
        return IsWellFormed(text) ? text : null;
    }
}
