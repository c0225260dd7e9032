using static Ledger.Intake.Redaction.Characters;

namespace Ledger.Intake.Redaction;

/// <summary>
/// Telephone numbers: international ones with <c>+</c> (ITU-T E.164: at most 15 digits), and North American ones in groups of 3-3-4 with the
/// same hyphen or dot between them, or the area code in parentheses. Ten digits in a row are not one: they are more often a time.
/// </summary>
internal static class PhoneNumbers
{
    public static bool TryMatch(ReadOnlySpan<char> text, int start, out int begin, out int end)
    {
        begin = start;
        if (start > 0 && text[start - 1] == '+')
        {
            begin = start - 1;
            return TryInternational(text, start, out end) && BeginsAt(text, begin);
        }

        if (start > 0 && text[start - 1] == '(')
        {
            begin = start - 1;
            return TryParenthesised(text, start, out end) && BeginsAt(text, begin);
        }

        // A leading 1 is the trunk prefix: 1-800-555-1234.
        var area = Digits(text, start, 1) == 1 && text[start] == '1' && start + 1 < text.Length && text[start + 1] is '-' or '.' or ' ' ? start + 2 : start;
        return TryGrouped(text, area, out end) || (area != start && start + 2 < text.Length && text[start + 2] == '(' && TryParenthesised(text, start + 3, out end));
    }

    private static bool TryGrouped(ReadOnlySpan<char> text, int start, out int end)
    {
        end = start + 12;
        return end <= text.Length && Digits(text, start, 3) == 3 && text[start + 3] is '-' or '.' && Digits(text, start + 4, 3) == 3
            && text[start + 7] == text[start + 3] && Digits(text, start + 8, 4) == 4 && EndsAt(text, end);
    }

    private static bool TryParenthesised(ReadOnlySpan<char> text, int start, out int end)
    {
        end = start;
        if (Digits(text, start, 3) != 3 || start + 4 >= text.Length || text[start + 3] != ')') return false;
        var local = text[start + 4] is ' ' or '-' ? start + 5 : start + 4;
        end = local + 8;
        return end <= text.Length && Digits(text, local, 3) == 3 && text[local + 3] is '-' or '.' or ' ' && Digits(text, local + 4, 4) == 4 && EndsAt(text, end);
    }

    private static bool TryInternational(ReadOnlySpan<char> text, int start, out int end)
    {
        end = start;
        int total = 0, groups = 0;
        for (var position = start; total <= 15;)
        {
            var digits = Digits(text, position, 15);
            if (digits == 0) break;
            total += digits;
            groups++;
            end = position + digits;
            position = end;
            for (var separators = 0; separators < 2 && position < text.Length && text[position] is ' ' or '-' or '.' or '(' or ')'; separators++) position++;
            if (position == end) break;
        }

        // A number without groups must be long enough not to be an offset or a difference.
        return total <= 15 && total >= (groups > 2 ? 8 : 10) && EndsAt(text, end);
    }
}
