namespace Ledger.Intake.Argo;

/// <summary>How a rollout stands, in Argo's words.</summary>
public enum RolloutPhase
{
    /// <summary>Not stated and not to be told.</summary>
    Unknown,

    /// <summary>Everybody has the new version.</summary>
    Healthy,

    /// <summary>Aborted, invalid, or past its deadline.</summary>
    Degraded,

    /// <summary>Under way.</summary>
    Progressing,

    /// <summary>Waiting, for a while or for somebody.</summary>
    Paused,
}
