namespace Ledger.Intake.Redaction;

/// <summary>A piece of text to replace: from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct Sensitive(int Start, int End, string Placeholder);

/// <summary>What stands in the place of what was replaced.</summary>
internal static class Placeholders
{
    public const string Email = "[EMAIL_REDACTED]";
    public const string Phone = "[PHONE_REDACTED]";
    public const string SocialSecurity = "[SSN_REDACTED]";
    public const string MedicalRecord = "[MEDICAL_RECORD_REDACTED]";
    public const string Address = "[ADDRESS_REDACTED]";
    public const string Secret = "[SECRET_REDACTED]";

    private static readonly string[] All = [Email, Phone, SocialSecurity, MedicalRecord, Address, Secret];

    /// <summary>Whether <paramref name="text"/> begins with a placeholder.</summary>
    public static bool Begin(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '[') return false;
        foreach (var placeholder in All)
        {
            if (text.StartsWith(placeholder, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>Whether there is nothing left to hide: no text, a placeholder alone, or what a tool has masked itself.</summary>
    public static bool Hidden(ReadOnlySpan<char> text) =>
        text.Trim().IsEmpty || text.Trim().Trim('*').IsEmpty || (Begin(text) && text.IndexOf(']') == text.Length - 1);
}
