using System.Text.Json.Serialization;

namespace Ledger.Domain.Measurements;

/// <summary>
/// The unit a measurement is stored in. One unit per dimension, so that a threshold written as <c>5min</c> and a
/// measurement taken in milliseconds compare without a guess.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<Unit>))]
public enum Unit
{
    /// <summary>A count or another plain number.</summary>
    [JsonStringEnumMemberName("count")] Count,

    /// <summary>A fraction, 0 to 1 where it is a share of something; thresholds may be written in per cent.</summary>
    [JsonStringEnumMemberName("ratio")] Ratio,

    /// <summary>A duration in milliseconds.</summary>
    [JsonStringEnumMemberName("ms")] Milliseconds,

    /// <summary>A size in bytes.</summary>
    [JsonStringEnumMemberName("bytes")] Bytes,

    /// <summary>A rate, per second.</summary>
    [JsonStringEnumMemberName("per_second")] PerSecond,

    /// <summary>An amount in US dollars.</summary>
    [JsonStringEnumMemberName("usd")] UsDollars,

    /// <summary>A yes (1) or no (0).</summary>
    [JsonStringEnumMemberName("bool")] Boolean,
}
