using Ledger.Domain.Measurements;

namespace Ledger.Domain.Releases;

/// <summary>A tool's report as it was read, without an opinion on it.</summary>
/// <param name="Tool">The tool it came from: one of <see cref="MetricCatalog.Tools"/>.</param>
/// <param name="NotEvaluatedBecause">Why the report proves nothing; null when it does.</param>
/// <param name="Measurements">What it states.</param>
/// <param name="Commits">The commits it names, if any.</param>
/// <param name="Digests">The artifact digests it names, if any.</param>
/// <param name="Redactions">How many secrets and pieces of personal data were taken out before anything was stored.</param>
/// <param name="Evidence">The stored bytes.</param>
public sealed record ReportContent(
    string Tool,
    string? NotEvaluatedBecause,
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<string> Commits,
    IReadOnlyList<string> Digests,
    int Redactions,
    Evidence Evidence);
