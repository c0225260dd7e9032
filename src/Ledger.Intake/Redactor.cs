using System.Text;
using Ledger.Intake.Redaction;

namespace Ledger.Intake;

/// <summary>
/// Replaces personal data and secrets in text by what they were: <c>[EMAIL_REDACTED]</c>, <c>[PHONE_REDACTED]</c>, <c>[SSN_REDACTED]</c>,
/// <c>[MEDICAL_RECORD_REDACTED]</c>, <c>[ADDRESS_REDACTED]</c>, <c>[SECRET_REDACTED]</c>. Versions, digests, commits, UUIDs, CVE ids,
/// package URLs, image references, timestamps, IP addresses and plain numbers stay as they are.
/// </summary>
/// <remarks>Thread-safe. Time is linear in the text: each detector looks a bounded distance around what triggers it.</remarks>
public static class Redactor
{
    // A replacement can bring a new match together with what stood around it; each pass makes the rest of the text that could match shorter.
    private const int MaxPasses = 8;

    // "pwd=x"
    private const int MinLength = 5;

    /// <summary>Redacts <paramref name="text"/>.</summary>
    /// <returns>The text without what was found (the same instance where nothing was), and how many pieces were replaced.</returns>
    public static (string Text, int Count) Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length < MinLength) return (text, 0);
        var count = 0;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var found = Find(text);
            if (found.Count == 0) break;
            count += found.Count;
            text = Replace(text, found);
        }

        return (text, count);
    }

    private static List<Sensitive> Find(string text)
    {
        var found = new List<Sensitive>();
        Secrets.Find(text, found);
        EmailAddresses.Find(text, found);
        NumberedData.Find(text, found);
        if (found.Count < 2) return found;

        // Where two overlap, they go as one, under the name of the one that starts first and is longer.
        found.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var merged = new List<Sensitive>(found.Count);
        foreach (var next in found)
        {
            if (merged.Count > 0 && next.Start < merged[^1].End) merged[^1] = merged[^1] with { End = Math.Max(merged[^1].End, next.End) };
            else merged.Add(next);
        }

        return merged;
    }

    private static string Replace(string text, List<Sensitive> found)
    {
        var redacted = new StringBuilder(text.Length);
        var position = 0;
        foreach (var sensitive in found)
        {
            redacted.Append(text, position, sensitive.Start - position).Append(sensitive.Placeholder);
            position = sensitive.End;
        }

        return redacted.Append(text, position, text.Length - position).ToString();
    }
}
