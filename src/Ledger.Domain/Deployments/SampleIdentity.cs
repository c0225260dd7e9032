namespace Ledger.Domain.Deployments;

/// <summary>Which measurement one is: under the same identity nothing is recorded twice in a release.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="At">When it was taken, in whole microseconds.</param>
/// <param name="Source">Who took it.</param>
/// <param name="IsBaseline">Whether it was brought as what was before the release: the same measurement can also be one that came too early.</param>
public readonly record struct SampleIdentity(string Metric, DateTimeOffset At, string Source, bool IsBaseline)
{
    /// <summary>Of a sample.</summary>
    public static SampleIdentity Of(Sample sample) => new(sample.Metric, UtcTimeJsonConverter.Truncate(sample.At), sample.Source, sample.Timing == SampleTiming.Baseline);
}
