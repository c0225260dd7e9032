namespace Ledger.Integrity.Envelopes;

/// <summary>Texts of an envelope are bounded, and are such that canonical JSON can hold them.</summary>
internal static class EnvelopeText
{
    public static bool IsWellFormed(string text, int maxLength) => text.Length <= maxLength && !text.Contains('\0') && !Utf16Text.HasLoneSurrogate(text);
}
