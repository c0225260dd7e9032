using System.Diagnostics;
using System.Globalization;

namespace Ledger.Domain.Measurements;

/// <summary>Measured values in words for people: rounded to four digits, and never read back.</summary>
public static class MeasuredText
{
    private const double SecondsFromMs = 10_000;
    private const double MinutesFromMs = 600_000;

    /// <summary>A value with its unit, e.g. <c>287ms</c>, <c>3.5min</c>, <c>0.03%</c>, <c>1247/s</c>, <c>$0.12</c>, <c>true</c>; times from ten seconds in seconds, from ten minutes in minutes.</summary>
    /// <param name="value">In the unit that is stored; see <see cref="Unit"/>.</param>
    /// <param name="unit">The unit; without one, the number alone.</param>
    public static string Of(double value, Unit? unit) => unit switch
    {
        null or Unit.Count => Number(value),
        Unit.Ratio => $"{Number(value * 100)}%",
        Unit.Milliseconds when Math.Abs(value) >= MinutesFromMs => $"{Number(value / 60_000)}min",
        Unit.Milliseconds when Math.Abs(value) >= SecondsFromMs => $"{Number(value / 1_000)}s",
        Unit.Milliseconds => $"{Number(value)}ms",
        Unit.Bytes => $"{Number(value)}B",
        Unit.PerSecond => $"{Number(value)}/s",
        Unit.UsDollars => $"${Number(value)}",
        Unit.Boolean => value == 0 ? "false" : "true",
        _ => throw new UnreachableException(),
    };

    // Whole numbers in full, and four digits of what lies between; without an exponent where people would write none.
    private static string Number(double value)
    {
        if (double.IsInteger(value) && Math.Abs(value) < 1e15) return value.ToString("F0", CultureInfo.InvariantCulture);
        if (!(Math.Abs(value) is > 1e-6 and < 1e6)) return value.ToString("G4", CultureInfo.InvariantCulture);
        var places = Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 10);
        return Math.Round((decimal)value, places).ToString("0.##########", CultureInfo.InvariantCulture);
    }
}
