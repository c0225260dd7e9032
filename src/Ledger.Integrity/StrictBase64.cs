namespace Ledger.Integrity;

/// <summary>
/// Standard base64 (RFC 4648 §4) where one value has one text: padding is required, white space and non-zero unused bits (§3.5) are
/// refused. Signed formats need this, or the same signature could be written in many ways.
/// </summary>
internal static class StrictBase64
{
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 4 != 0) return false;
        var buffer = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, buffer, out var length)) return false;
        var decoded = buffer.AsSpan(0, length);

        // The decoder forgives white space and stray bits; the encoder writes the only text we take.
        Span<char> again = text.Length <= 1024 ? stackalloc char[text.Length] : new char[text.Length];
        if (!Convert.TryToBase64Chars(decoded, again, out var written) || !text.SequenceEqual(again[..written])) return false;
        bytes = decoded.ToArray();
        return true;
    }
}
