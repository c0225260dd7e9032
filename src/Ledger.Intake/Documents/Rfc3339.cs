using System.Globalization;
using System.Text.RegularExpressions;

namespace Ledger.Intake.Documents;

/// <summary>Times as RFC 3339 writes them, to the microsecond: what is finer is cut off, because the log holds no finer time.</summary>
public static partial class Rfc3339
{
    // Longer than any time that says anything: a fraction may have any number of digits.
    private const int MaxLength = 64;

    /// <summary>Reads a time with an offset; a leap second is the last microsecond of its minute.</summary>
    /// <returns>False where <paramref name="text"/> is no such time, or lies outside the years 1 to 9999 in UTC.</returns>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is null || text.Length > MaxLength || Pattern().Match(text) is not { Success: true } match) return false;
        var isLeap = match.Groups["s"].Value == "60";
        var seconds = isLeap ? "59" : match.Groups["s"].Value;
        var fraction = isLeap ? "999999" : match.Groups["f"].Value.PadRight(6, '0')[..6];
        var offset = match.Groups["o"].Value is "Z" or "z" ? "+00:00" : match.Groups["o"].Value;
        var plain = $"{match.Groups["d"].Value}T{match.Groups["hm"].Value}:{seconds}.{fraction}{offset}";
        return DateTimeOffset.TryParseExact(plain, "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }

    [GeneratedRegex(@"\A(?<d>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<hm>[0-9]{2}:[0-9]{2}):(?<s>[0-9]{2})(\.(?<f>[0-9]+))?(?<o>[Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
