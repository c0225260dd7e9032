using System.Text.Json.Serialization;

namespace Ledger.Domain.Deployments;

/// <summary>What kind of rule takes a release back.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RuleKind>))]
public enum RuleKind
{
    /// <summary>Every measurement over a span of time is beyond a threshold.</summary>
    [JsonStringEnumMemberName("sustained")] Sustained,

    /// <summary>Measurements of an analysis fail one after the other.</summary>
    [JsonStringEnumMemberName("failures-in-a-row")] FailuresInARow,

    /// <summary>Too many occurrences within a sliding span of time.</summary>
    [JsonStringEnumMemberName("occurrences")] Occurrences,

    /// <summary>A measurement exceeds a multiple of what it was before the release.</summary>
    [JsonStringEnumMemberName("above-baseline")] AboveBaseline,

    /// <summary>An analysis failed more often in a step than its limits, or the step's, bear.</summary>
    [JsonStringEnumMemberName("analysis-limit")] AnalysisLimit,
}
