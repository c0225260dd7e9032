using static Ledger.Intake.Redaction.Characters;

namespace Ledger.Intake.Redaction;

/// <summary>Street addresses as written in English: a house number, one to four capitalised words and a kind of street.</summary>
internal static class StreetAddresses
{
    private const int MaxWords = 4;
    private const int MaxWordLength = 30;

    private static readonly HashSet<string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        "street", "st", "avenue", "ave", "road", "rd", "boulevard", "blvd", "lane", "ln", "drive", "dr", "court", "ct", "place", "pl",
        "square", "sq", "terrace", "highway", "hwy", "parkway", "pkwy", "circle", "cir", "way",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> KindLookup = Kinds.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool TryMatch(ReadOnlySpan<char> text, int start, out int end)
    {
        end = start;
        var digits = Digits(text, start, 6);
        if (digits is 0 or > 6) return false;
        var position = start + digits;
        if (position < text.Length && char.IsAsciiLetter(text[position])) position++; // 12b
        for (var word = 0; word <= MaxWords; word++)
        {
            if (position >= text.Length || text[position] != ' ') return false;
            var length = WordLength(text, ++position);
            if (length == 0 || !char.IsUpper(text[position])) return false;
            var candidate = text.Slice(position, length);
            position += length;
            if (word > 0 && KindLookup.Contains(candidate) && EndsAt(text, position))
            {
                end = position;
                return true;
            }
        }

        return false;
    }

    private static int WordLength(ReadOnlySpan<char> text, int start)
    {
        var length = 0;
        while (length < MaxWordLength && start + length < text.Length && (char.IsLetter(text[start + length]) || text[start + length] is '\'')) length++;
        return length;
    }
}
