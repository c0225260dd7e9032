namespace Ledger.Intake.Alerts;

/// <summary>What a query of Prometheus answered.</summary>
/// <param name="Series">As many as the query selected; none means that nothing was measured, never that it was zero.</param>
/// <param name="Warnings">Prometheus' own, e.g. that a result is partial.</param>
/// <param name="Ignored">Paths of members that are unknown here, e.g. native histograms.</param>
public sealed record PrometheusResult(IReadOnlyList<PrometheusSeries> Series, IReadOnlyList<string> Warnings, IReadOnlyList<string> Ignored);

/// <summary>One series.</summary>
/// <param name="Labels">With <c>__name__</c>, where it has one.</param>
/// <param name="Samples">Oldest first as Prometheus has them.</param>
public sealed record PrometheusSeries(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<PrometheusSample> Samples);

/// <summary>One value at one time.</summary>
/// <param name="At">In UTC, to the microsecond.</param>
/// <param name="Value">Null where Prometheus has NaN or an infinity: nothing was measured.</param>
public sealed record PrometheusSample(DateTimeOffset At, double? Value);
