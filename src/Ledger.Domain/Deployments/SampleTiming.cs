using System.Text.Json.Serialization;

namespace Ledger.Domain.Deployments;

/// <summary>Why a measurement is kept beside those that count.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SampleTiming>))]
public enum SampleTiming
{
    /// <summary>What it was before the release: what multiples of a baseline are taken of.</summary>
    [JsonStringEnumMemberName("baseline")] Baseline,

    /// <summary>It is of a time before the deployment began.</summary>
    [JsonStringEnumMemberName("before")] Before,

    /// <summary>It came after so many later ones that it cannot be put in its place any more.</summary>
    [JsonStringEnumMemberName("late")] Late,

    /// <summary>It is of a time that has not come yet: its source's clock is wrong.</summary>
    [JsonStringEnumMemberName("ahead")] Ahead,
}
