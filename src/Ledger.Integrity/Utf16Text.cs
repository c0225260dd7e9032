using System.Buffers;
using System.Text;

namespace Ledger.Integrity;

/// <summary>.NET strings may hold halves of characters; UTF-8 has no bytes for them, so no signed or hashed text may.</summary>
internal static class Utf16Text
{
    public static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is var at and >= 0)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out var units) != OperationStatus.Done) return true;
            text = text[(at + units)..];
        }

        return false;
    }
}
