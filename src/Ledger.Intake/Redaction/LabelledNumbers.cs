using static Ledger.Intake.Redaction.Characters;

namespace Ledger.Intake.Redaction;

/// <summary>Numbers that are personal data because of the word before them: <c>MRN123456</c>, <c>medical record no. 123456</c>, <c>SSN: 123456789</c>.</summary>
internal static class LabelledNumbers
{
    private static readonly string[] MedicalLabels = ["mrn", "medical record", "medical record number", "medical record no", "medical record no.", "medical record id"];

    public static bool TryMatch(ReadOnlySpan<char> text, int start, out Sensitive sensitive)
    {
        sensitive = default;
        var labelEnd = start;
        while (labelEnd > 0 && start - labelEnd < 3 && text[labelEnd - 1] is ' ' or ':' or '=' or '#' or '-') labelEnd--;
        if (labelEnd == 0 || !(char.IsAsciiLetter(text[labelEnd - 1]) || text[labelEnd - 1] == '.')) return false;

        var digits = Digits(text, start, 12);
        var end = start + digits;
        if (digits is >= 4 and <= 12 && EndsAt(text, end))
        {
            foreach (var label in MedicalLabels)
            {
                if (LabelStart(text, labelEnd, label) is not { } begin) continue;
                sensitive = new Sensitive(begin, end, Placeholders.MedicalRecord);
                return true;
            }
        }

        if (digits != 9 || !EndsAt(text, end) || LabelStart(text, labelEnd, "ssn") is null) return false;
        sensitive = new Sensitive(start, end, Placeholders.SocialSecurity);
        return true;
    }

    private static int? LabelStart(ReadOnlySpan<char> text, int end, string label)
    {
        var start = end - label.Length;
        return start >= 0 && text[start..end].Equals(label, StringComparison.OrdinalIgnoreCase) && BeginsAt(text, start) ? start : null;
    }
}
