namespace Ledger.Intake;

/// <summary>Why a report is refused. The codes are an interface to programs: they are never renamed.</summary>
public static class RefusalCodes
{
    /// <summary>No bytes, or only white space.</summary>
    public const string Empty = "report_empty";

    /// <summary>More than <see cref="ReportLimits.MaxBytes"/>.</summary>
    public const string TooLarge = "report_too_large";

    /// <summary>Not well-formed JSON, YAML or XML; or, for the plain measurement document, not as it must be written.</summary>
    public const string Malformed = "report_malformed";

    /// <summary>Nested deeper than <see cref="ReportLimits.MaxDepth"/>.</summary>
    public const string TooDeep = "report_too_deep";

    /// <summary>An object states a member twice, so that two readers could see two reports.</summary>
    public const string DuplicateKey = "report_duplicate_key";

    /// <summary>More than <see cref="ReportLimits.MaxMeasurements"/>.</summary>
    public const string TooManyMeasurements = "report_too_many_measurements";

    /// <summary>The named tool is none that can be read.</summary>
    public const string ToolUnknown = "report_tool_unknown";

    /// <summary>The content is another tool's, or not of the named tool's shape.</summary>
    public const string ToolMismatch = "report_tool_mismatch";

    /// <summary>No tool was named and the content is no known tool's.</summary>
    public const string ToolUnrecognised = "report_tool_unrecognised";

    /// <summary>No tool was named and the content could be several tools'.</summary>
    public const string Ambiguous = "report_ambiguous";

    /// <summary>The XML declares entities or other markup of its own.</summary>
    public const string HasDtd = "report_has_dtd";

    /// <summary>The YAML uses anchors, aliases or tags, which can make a small report expand without bound.</summary>
    public const string HasAliases = "report_has_aliases";
}
