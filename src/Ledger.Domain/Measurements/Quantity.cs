using System.Globalization;
using System.Text.Json.Serialization;

using StoredUnit = Ledger.Domain.Measurements.Unit;

namespace Ledger.Domain.Measurements;

/// <summary>
/// A number as a person writes it in a policy: <c>150ms</c>, <c>0.5%</c>, <c>5min</c>, <c>1000/s</c>, <c>$0.20</c>, <c>256MiB</c>,
/// <c>true</c>, <c>0</c>. The text is kept, because it is what people recognise and what the policy's digest covers.
/// </summary>
[JsonConverter(typeof(QuantityJsonConverter))]
public readonly record struct Quantity
{
    private static readonly (string Suffix, StoredUnit Unit, decimal Factor)[] Suffixes =
    [
        // Longest first, so that "150ms" is not taken for 150m seconds.
        ("min", StoredUnit.Milliseconds, 60_000m), ("rps", StoredUnit.PerSecond, 1m),
        ("KiB", StoredUnit.Bytes, 1024m), ("MiB", StoredUnit.Bytes, 1024m * 1024m), ("GiB", StoredUnit.Bytes, 1024m * 1024m * 1024m),
        ("ms", StoredUnit.Milliseconds, 1m), ("us", StoredUnit.Milliseconds, 0.001m), ("µs", StoredUnit.Milliseconds, 0.001m),
        ("kB", StoredUnit.Bytes, 1_000m), ("MB", StoredUnit.Bytes, 1_000_000m), ("GB", StoredUnit.Bytes, 1_000_000_000m),
        ("/s", StoredUnit.PerSecond, 1m), ("%", StoredUnit.Ratio, 0.01m),
        ("s", StoredUnit.Milliseconds, 1_000m), ("m", StoredUnit.Milliseconds, 60_000m), ("h", StoredUnit.Milliseconds, 3_600_000m),
        ("d", StoredUnit.Milliseconds, 86_400_000m), ("B", StoredUnit.Bytes, 1m),
    ];

    private Quantity(string text, double value, Unit? unit) => (Text, Value, Unit) = (text, value, unit);

    /// <summary>The quantity as it was written, without surrounding white space.</summary>
    public string Text { get; }

    /// <summary>The number in <see cref="Unit"/>; where that is null, the number as written.</summary>
    public double Value { get; }

    /// <summary>The unit that the text names, or null for a bare number, which takes the unit of the metric it is compared with.</summary>
    public Unit? Unit { get; }

    /// <summary>The quantity as a length of time, to the microsecond. In a published policy it is more than nothing and at most a leap year.</summary>
    /// <exception cref="InvalidOperationException">It is none: <see cref="Unit"/> is not milliseconds.</exception>
    public TimeSpan Duration => Unit == StoredUnit.Milliseconds
        ? TimeSpan.FromMicroseconds(Math.Round(Value * 1000))
        : throw new InvalidOperationException($"'{Text}' is not a length of time");

    /// <summary>Reads a quantity. The conversion to the stored unit is exact decimal arithmetic, rounded once to a double.</summary>
    /// <param name="text">At most 40 characters.</param>
    /// <param name="quantity">The quantity read; undefined when the answer is false.</param>
    /// <returns>False when <paramref name="text"/> is not a number with a known unit.</returns>
    public static bool TryParse(string? text, out Quantity quantity)
    {
        quantity = default;
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed) || trimmed.Length > 40) return false;

        if (trimmed is "true" or "false")
        {
            quantity = new Quantity(trimmed, trimmed == "true" ? 1 : 0, StoredUnit.Boolean);
            return true;
        }

        var (digits, unit, factor) = SplitUnit(trimmed);
        if (!decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        try
        {
            quantity = new Quantity(trimmed, (double)(number * factor), unit);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    /// <summary>Whether this can be compared with a measurement in <paramref name="unit"/>.</summary>
    public bool Fits(Unit unit) => Unit is null || Unit == unit;

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static (string Digits, Unit? Unit, decimal Factor) SplitUnit(string text)
    {
        if (text[0] == '$') return (text[1..], StoredUnit.UsDollars, 1m);
        foreach (var (suffix, unit, factor) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
                return (text[..^suffix.Length].TrimEnd(), unit, factor);
        }

        return (text, null, 1m);
    }
}
