using System.Text.Json.Serialization;

namespace Ledger.Domain.Releases;

/// <summary>How risky the people who open a release hold it to be.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Risk>))]
public enum Risk
{
    /// <summary>Low.</summary>
    [JsonStringEnumMemberName("low")] Low,

    /// <summary>Medium.</summary>
    [JsonStringEnumMemberName("medium")] Medium,

    /// <summary>High.</summary>
    [JsonStringEnumMemberName("high")] High,
}
