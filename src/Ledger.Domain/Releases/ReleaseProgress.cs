using System.Diagnostics;
using System.Text.Json.Serialization;
using Ledger.Domain.Deployments;

namespace Ledger.Domain.Releases;

/// <summary>How far a release's story is: how it ended, or else where it is on its way. Whether it may go is the verdict's to say.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReleaseProgress>))]
public enum ReleaseProgress
{
    /// <summary>Nothing is on its way yet.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>Some of its users have it.</summary>
    [JsonStringEnumMemberName("rolling_out")] RollingOut,

    /// <summary>Everybody has it; its story is not over.</summary>
    [JsonStringEnumMemberName("out")] Out,

    /// <summary>Its rollout was given up.</summary>
    [JsonStringEnumMemberName("aborted")] Aborted,

    /// <summary>It is being taken back.</summary>
    [JsonStringEnumMemberName("rolling_back")] RollingBack,

    /// <summary>It was taken back; closed or not.</summary>
    [JsonStringEnumMemberName("rolled_back")] RolledBack,

    /// <summary>Closed: deployed and kept.</summary>
    [JsonStringEnumMemberName("succeeded")] Succeeded,

    /// <summary>Closed: deployed, and neither kept as planned nor cleanly taken back.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>Closed: never deployed.</summary>
    [JsonStringEnumMemberName("abandoned")] Abandoned,
}

/// <summary>How far releases are.</summary>
public static class ReleaseProgresses
{
    /// <summary>How far the story of <paramref name="state"/> is.</summary>
    public static ReleaseProgress Of(ReleaseState state) => (state.Facts.Closed, state.Deployment) switch
    {
        (CloseOutcome.Succeeded, _) => ReleaseProgress.Succeeded,
        (CloseOutcome.RolledBack, _) => ReleaseProgress.RolledBack,
        (CloseOutcome.Failed, _) => ReleaseProgress.Failed,
        (CloseOutcome.Abandoned, _) => ReleaseProgress.Abandoned,
        (null, null or { Phase: DeploymentPhase.NotStarted }) => ReleaseProgress.Open,
        (null, { Phase: DeploymentPhase.Started, FullyOut: null }) => ReleaseProgress.RollingOut,
        (null, { Phase: DeploymentPhase.Started }) => ReleaseProgress.Out,
        (null, { Phase: DeploymentPhase.Aborted }) => ReleaseProgress.Aborted,
        (null, { Phase: DeploymentPhase.RollingBack }) => ReleaseProgress.RollingBack,
        (null, { Phase: DeploymentPhase.RolledBack }) => ReleaseProgress.RolledBack,
        _ => throw new UnreachableException(),
    };
}
