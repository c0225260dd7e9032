namespace Ledger.Intake;

/// <summary>Every bound on what a report may be. A report beyond one of them is refused, never cut.</summary>
public static class ReportLimits
{
    /// <summary>The size of a report in bytes (16 MiB), checked before anything is parsed.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>How deep JSON, YAML or XML may nest.</summary>
    public const int MaxDepth = 64;

    /// <summary>How many measurements one report may yield.</summary>
    public const int MaxMeasurements = 500;

    /// <summary>How long a measurement's name may be, in UTF-16 code units.</summary>
    public const int MaxNameLength = 200;

    /// <summary>How many commits, and how many digests, one report may name.</summary>
    public const int MaxSubjects = 100;

    /// <summary>How many characters entities may expand to in XML. Declaring any is refused anyway; this bounds what parsing the refusal costs.</summary>
    internal const int MaxCharactersFromEntities = 1024;
}
