namespace Ledger.Intake.Argo;

/// <summary>How an analysis, a metric of it or one measurement stands, in Argo's words.</summary>
public enum AnalysisPhase
{
    /// <summary>Not stated, or a word that is unknown here.</summary>
    Unknown,

    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>The success condition held.</summary>
    Successful,

    /// <summary>The failure condition held.</summary>
    Failed,

    /// <summary>It could not be measured.</summary>
    Error,

    /// <summary>Neither condition held.</summary>
    Inconclusive,
}
