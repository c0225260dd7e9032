using System.Globalization;

namespace Ledger.Store.Releases;

/// <summary>A point in the past: a time, or a place in the log.</summary>
public abstract record AsOf
{
    private AsOf() { }

    internal abstract bool IsTime { get; }

    /// <summary>Everything appended at or before <paramref name="At"/>; waivers and deadlines are looked at then.</summary>
    public sealed record Time(DateTimeOffset At) : AsOf
    {
        internal override bool IsTime => true;
    }

    /// <summary>Everything up to and including the leaf; waivers and deadlines are looked at when that leaf was appended.</summary>
    public sealed record Leaf(long Index) : AsOf
    {
        internal override bool IsTime => false;
    }

    /// <summary>Reads an RFC 3339 time or a leaf index; null when it is neither.</summary>
    public static AsOf? TryParse(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return new Leaf(index);
        return text.Contains('T', StringComparison.OrdinalIgnoreCase)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? new Time(at)
            : null;
    }
}
