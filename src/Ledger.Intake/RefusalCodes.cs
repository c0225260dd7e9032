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

    /// <summary>A document that is none of those that can be read here, e.g. a Kubernetes object of another kind.</summary>
    public const string DocumentUnrecognised = "document_unrecognised";

    /// <summary>A document of a version that cannot be read here.</summary>
    public const string DocumentUnsupported = "document_unsupported";

    /// <summary>An event, or a batch of them, of more bytes or more events than <see cref="CloudEvents.CloudEventLimits"/> allow.</summary>
    public const string EventTooLarge = "event_too_large";

    /// <summary>Not an HTTP message that carries a CloudEvent, or one whose JSON cannot be read.</summary>
    public const string EventMalformed = "event_malformed";

    /// <summary>An event of a version or in a format that cannot be read here.</summary>
    public const string EventUnsupported = "event_unsupported";

    /// <summary>An attribute that every CloudEvent must have is missing.</summary>
    public const string AttributeMissing = "event_attribute_missing";

    /// <summary>An attribute of a CloudEvent has a name or a value that it may not have.</summary>
    public const string AttributeInvalid = "event_attribute_invalid";

    /// <summary>A CDEvent that is not as its specification says.</summary>
    public const string CdEventInvalid = "cdevent_invalid";
}
