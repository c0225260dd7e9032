namespace Ledger.Intake.Argo;

/// <summary>A step of a canary as its specification writes it.</summary>
/// <param name="Kind">The step's one member: <c>setWeight</c>, <c>pause</c>, <c>analysis</c> and so on.</param>
/// <param name="Weight">Of <c>setWeight</c>: 0 to 1; else null.</param>
/// <param name="Pause">Of <c>pause</c> with a duration; null where it waits for somebody, or is no pause.</param>
public sealed record RolloutStep(string Kind, double? Weight, TimeSpan? Pause);
