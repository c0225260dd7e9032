namespace Ledger.Intake.CdEvents;

/// <summary>How a run ended.</summary>
public enum CdOutcome
{
    /// <summary>It passed.</summary>
    Success,

    /// <summary>It ran and did not pass.</summary>
    Failure,

    /// <summary>It was stopped: nothing is proved.</summary>
    Cancel,

    /// <summary>It could not run to its end: nothing is proved.</summary>
    Error,
}
