using System.Text.Json.Serialization;

namespace Ledger.Domain.Deployments;

/// <summary>How far a release is on its way to its users.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeploymentPhase>))]
public enum DeploymentPhase
{
    /// <summary>Nothing was rolled out.</summary>
    [JsonStringEnumMemberName("not_started")] NotStarted,

    /// <summary>It is on its way, or there.</summary>
    [JsonStringEnumMemberName("started")] Started,

    /// <summary>It was given up.</summary>
    [JsonStringEnumMemberName("aborted")] Aborted,

    /// <summary>It is being taken back.</summary>
    [JsonStringEnumMemberName("rolling_back")] RollingBack,

    /// <summary>It was taken back.</summary>
    [JsonStringEnumMemberName("rolled_back")] RolledBack,
}
