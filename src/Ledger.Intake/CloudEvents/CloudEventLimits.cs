namespace Ledger.Intake.CloudEvents;

/// <summary>Every bound on a CloudEvent, held before anything is parsed. What is beyond is refused, never cut.</summary>
public static class CloudEventLimits
{
    /// <summary>The size of one event's message in bytes (1 MiB). The specification asks receivers for 64 KiB at least (section "Size Limits").</summary>
    public const int MaxEventBytes = 1024 * 1024;

    /// <summary>The size of a batch in bytes (4 MiB).</summary>
    public const int MaxBatchBytes = 4 * 1024 * 1024;

    /// <summary>How many events a batch may hold.</summary>
    public const int MaxBatchEvents = 200;

    /// <summary>How long an attribute's value may be, in UTF-16 code units.</summary>
    public const int MaxAttributeLength = 2048;

    /// <summary>How many extension attributes an event may have.</summary>
    public const int MaxExtensions = 50;

    /// <summary>How long an extension's name may be. The specification advises 20.</summary>
    public const int MaxNameLength = 64;
}
