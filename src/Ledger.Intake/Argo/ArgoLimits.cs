namespace Ledger.Intake.Argo;

/// <summary>Every bound on a file of Argo objects. What is beyond is refused, never cut.</summary>
public static class ArgoLimits
{
    /// <summary>The size of a file in bytes (4 MiB); the API server stores no object larger than 1.5 MiB.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>How many objects a file may hold.</summary>
    public const int MaxObjects = 200;

    /// <summary>How many metrics a run may have.</summary>
    public const int MaxMetrics = 100;

    /// <summary>How many measurements a file may hold, of all its runs.</summary>
    public const int MaxMeasurements = 5_000;

    /// <summary>How many steps a rollout may have.</summary>
    public const int MaxSteps = 200;
}
