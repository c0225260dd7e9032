namespace Ledger.Intake.Alerts;

/// <summary>Every bound on what a monitoring system sends. What is beyond is refused, never cut.</summary>
public static class AlertLimits
{
    /// <summary>The size of a document in bytes (4 MiB).</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>How many alerts a message may hold.</summary>
    public const int MaxAlerts = 500;

    /// <summary>How many samples a query's result may hold, of all series.</summary>
    public const int MaxSamples = 20_000;

    /// <summary>How many labels a series or an alert may have.</summary>
    public const int MaxLabels = 64;
}
