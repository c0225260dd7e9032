namespace Ledger.Intake.Redaction;

/// <summary>What may stand beside a match without being part of a longer word or number.</summary>
internal static class Characters
{
    /// <summary>Whether a word or number may begin at <paramref name="index"/>: what stands before continues neither.</summary>
    public static bool BeginsAt(ReadOnlySpan<char> text, int index) => index == 0 || !(char.IsLetterOrDigit(text[index - 1]) || text[index - 1] is '_' or '-' or '.');

    /// <summary>Whether a word or number ends before <paramref name="index"/>.</summary>
    public static bool EndsAt(ReadOnlySpan<char> text, int index)
    {
        if (index >= text.Length) return true;
        if (char.IsLetterOrDigit(text[index]) || text[index] is '_' or '-') return false;
        return text[index] != '.' || index + 1 >= text.Length || !char.IsLetterOrDigit(text[index + 1]);
    }

    /// <summary>How many ASCII digits stand at <paramref name="index"/>, counted up to <paramref name="max"/> + 1.</summary>
    public static int Digits(ReadOnlySpan<char> text, int index, int max)
    {
        var count = 0;
        while (count <= max && index + count < text.Length && char.IsAsciiDigit(text[index + count])) count++;
        return count;
    }
}
