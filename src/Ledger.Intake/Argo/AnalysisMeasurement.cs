namespace Ledger.Intake.Argo;

/// <summary>One measurement of a metric. The metric's name and <paramref name="FinishedAt"/> tell it from every other of its run.</summary>
/// <param name="Phase">How the controller judged it.</param>
/// <param name="Value">The one finite number that was measured; null where it was none, or several.</param>
/// <param name="Values">Every finite number of an array, in order.</param>
/// <param name="StartedAt">In UTC, or null.</param>
/// <param name="FinishedAt">In UTC, or null while it runs.</param>
/// <param name="Message">The controller's words, or null.</param>
public sealed record AnalysisMeasurement(
    AnalysisPhase Phase,
    double? Value,
    IReadOnlyList<double> Values,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    string? Message);
