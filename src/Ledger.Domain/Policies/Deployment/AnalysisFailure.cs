using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>What follows when an analysis failed more often in a step than its own limits bear. Whatever it is, the step is not over and the release does not go.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnalysisFailure>))]
public enum AnalysisFailure
{
    /// <summary>Nothing else.</summary>
    [JsonStringEnumMemberName("hold")] Hold,

    /// <summary>The rollout stands still until somebody resumes it.</summary>
    [JsonStringEnumMemberName("pause")] Pause,

    /// <summary>The rollout is given up; where everybody has the release already, it is to be rolled back.</summary>
    [JsonStringEnumMemberName("abort")] Abort,

    /// <summary>The release is to be rolled back, as by a rule that fired.</summary>
    [JsonStringEnumMemberName("rollback")] Rollback,
}
