using System.Globalization;
using Ledger.Domain;

namespace Ledger.Cli.Arguments;

/// <summary>Times as people type them: RFC 3339, or a span from now such as <c>7d</c>.</summary>
internal static class PointInTime
{
    public const string Form = "RFC 3339 such as 2026-01-31T12:00:00Z, or a span from now such as 7d, 12h, 30m";

    public const string BoundForm = "a day such as 2026-01-31, which begins at midnight UTC, or RFC 3339 such as 2026-01-31T12:00:00Z";

    // RFC 3339 §5.6 asks for an offset: a time without one is another time on every machine.
    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'"];

    /// <summary>Reads a time, in UTC with whole microseconds. A span counts from <paramref name="from"/>.</summary>
    public static bool TryParse(string text, DateTimeOffset from, out DateTimeOffset time)
    {
        time = default;
        if (TryParseSpan(text, out var span))
        {
            if (span > DateTimeOffset.MaxValue - from) return false;
            time = UtcTimeJsonConverter.Truncate(from + span);
            return true;
        }

        return TryParseExactly(text, out time);
    }

    /// <summary>Reads a time that bounds a period: a day stands for its beginning in UTC. Periods lie behind us, so no span is taken.</summary>
    public static bool TryParseBound(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time) || TryParseExactly(text, out time);

    private static bool TryParseExactly(string text, out DateTimeOffset time)
    {
        if (!DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)) return false;
        time = UtcTimeJsonConverter.Truncate(time);
        return true;
    }

    /// <summary>Reads a whole number of seconds, minutes, hours, days or weeks: <c>90s</c>, <c>30m</c>, <c>12h</c>, <c>7d</c>, <c>2w</c>.</summary>
    public static bool TryParseSpan(string text, out TimeSpan span)
    {
        span = default;
        if (text.Length is < 2 or > 7 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        TimeSpan? unit = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => null,
        };
        span = count * unit.GetValueOrDefault();
        return unit is not null;
    }
}
