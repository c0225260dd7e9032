using static Ledger.Intake.Redaction.Characters;

namespace Ledger.Intake.Redaction;

/// <summary>
/// Telephone numbers, social security numbers, medical record numbers and street addresses: all are looked for where a number begins. Only
/// numbers grouped as people write them are taken; a bare number is a measurement.
/// </summary>
internal static class NumberedData
{
    public static void Find(ReadOnlySpan<char> text, List<Sensitive> found)
    {
        var position = 0;
        while (position < text.Length)
        {
            var offset = text[position..].IndexOfAnyInRange('0', '9');
            if (offset < 0) return;
            var start = position + offset;
            if (TryMatch(text, start, out var sensitive))
            {
                found.Add(sensitive);
                position = sensitive.End;
            }
            else
            {
                position = start;
                while (position < text.Length && char.IsAsciiDigit(text[position])) position++;
            }
        }
    }

    private static bool TryMatch(ReadOnlySpan<char> text, int start, out Sensitive sensitive)
    {
        sensitive = default;
        if (LabelledNumbers.TryMatch(text, start, out sensitive)) return true;
        if (!BeginsAt(text, start)) return false;
        if (TrySocialSecurity(text, start, out var end)) sensitive = new Sensitive(start, end, Placeholders.SocialSecurity);
        else if (PhoneNumbers.TryMatch(text, start, out var begin, out end)) sensitive = new Sensitive(begin, end, Placeholders.Phone);
        else if (StreetAddresses.TryMatch(text, start, out end)) sensitive = new Sensitive(start, end, Placeholders.Address);
        return sensitive.Placeholder is not null;
    }

    // 123-45-6789; area 000 is never issued.
    private static bool TrySocialSecurity(ReadOnlySpan<char> text, int start, out int end)
    {
        end = start + 11;
        return Digits(text, start, 3) == 3 && end <= text.Length && text[start + 3] == '-' && Digits(text, start + 4, 2) == 2 && text[start + 6] == '-'
            && Digits(text, start + 7, 4) == 4 && EndsAt(text, end) && !text.Slice(start, 3).SequenceEqual("000");
    }
}
