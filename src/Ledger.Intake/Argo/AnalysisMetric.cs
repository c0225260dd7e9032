namespace Ledger.Intake.Argo;

/// <summary>One metric of an analysis.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Phase">As the controller says.</param>
/// <param name="Successful">How many measurements succeeded, as the controller counts.</param>
/// <param name="Failed">How many failed, in total and not in a row.</param>
/// <param name="Inconclusive">How many were inconclusive.</param>
/// <param name="Errors">How many could not be taken.</param>
/// <param name="FailureLimit">How many failures the specification bears, in total; null where it does not say (Argo then bears none).</param>
/// <param name="Measurements">Those that the object still holds, oldest first as it has them.</param>
/// <param name="Missing">How many were counted and are not held any more: Argo keeps the last ten.</param>
public sealed record AnalysisMetric(
    string Name,
    AnalysisPhase Phase,
    long Successful,
    long Failed,
    long Inconclusive,
    long Errors,
    int? FailureLimit,
    IReadOnlyList<AnalysisMeasurement> Measurements,
    long Missing);
