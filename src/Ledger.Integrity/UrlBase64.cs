using System.Diagnostics.CodeAnalysis;

namespace Ledger.Integrity;

/// <summary>URL-safe base64 (RFC 4648 §5) as strictly as <see cref="StrictBase64"/>: unused bits are zero, nothing else is in the text.</summary>
internal static class UrlBase64
{
    /// <summary>Reads the form without padding that RFC 7515 §2 defines.</summary>
    public static bool TryDecodeUnpadded([NotNullWhen(true)] string? text, out byte[] bytes)
    {
        bytes = [];
        if (text is null || text.AsSpan().ContainsAny('+', '/', '=')) return false;
        return text.Length % 4 != 1 && StrictBase64.TryDecode(ToStandard(text), out bytes);
    }

    /// <summary>Reads standard base64 with padding, or URL-safe base64 with or without: the alphabets are not mixed within a text.</summary>
    public static bool TryDecodeEither(string text, out byte[] bytes)
    {
        bytes = [];
        if (!text.AsSpan().ContainsAny('-', '_') && StrictBase64.TryDecode(text, out bytes)) return true;
        return !text.AsSpan().ContainsAny('+', '/') && TryDecodeUnpadded(WithoutPadding(text), out bytes);
    }

    private static string WithoutPadding(string text) => text.Length % 4 != 0 ? text : text.EndsWith("==", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('=') ? text[..^1] : text;

    private static string ToStandard(string text) => text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
}
