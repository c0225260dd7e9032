using Ledger.Domain.Measurements;

namespace Ledger.Intake;

/// <summary>What a report says, as far as it says it.</summary>
/// <param name="Tool">The tool that wrote it, as in <see cref="MetricCatalog.Tools"/>.</param>
/// <param name="Evaluated">
/// False when the report does not prove what its tool is asked for, e.g. because nothing was scanned. Such a reading carries only what is
/// true all the same: counts of findings that were made, never a zero that stands for "did not look".
/// </param>
/// <param name="NotEvaluatedBecause">Why, in one sentence; null exactly when <paramref name="Evaluated"/>.</param>
/// <param name="Measurements">At most <see cref="ReportLimits.MaxMeasurements"/>, each name once, sorted by name in ordinal order.</param>
/// <param name="Subjects">The commits and artifacts that the report names.</param>
/// <param name="Redactions">How many pieces of personal data or secrets were replaced.</param>
/// <param name="RedactedReport">
/// The bytes to store. With no redaction these are the very bytes that were read; otherwise they read to the same measurements and need no
/// further redaction. A YAML report in which something was replaced is stored as the equivalent JSON, without its comments.
/// </param>
/// <param name="MediaType">The media type of <paramref name="RedactedReport"/>.</param>
public sealed record Reading(
    string Tool,
    bool Evaluated,
    string? NotEvaluatedBecause,
    IReadOnlyList<Measurement> Measurements,
    Subjects Subjects,
    int Redactions,
    ReadOnlyMemory<byte> RedactedReport,
    string MediaType);
