using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;

namespace Ledger.Store.Log;

/// <summary>Which measurements are looked for.</summary>
/// <param name="Release">Of this release.</param>
/// <param name="Metric">Of this metric; null for all.</param>
/// <param name="From">Taken at this time or later, by their source's clock.</param>
/// <param name="To">Taken before this time.</param>
public sealed record MeasurementFilter(ReleaseId Release, string? Metric = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>A part of a list of measurements.</summary>
/// <param name="Filter">Which.</param>
/// <param name="After">The place that it begins after, in the direction of reading; null for the beginning.</param>
/// <param name="Before">The place that it ends before; null where nothing ends it.</param>
public sealed record MeasurementSlice(MeasurementFilter Filter, MeasurementPlace? After = null, MeasurementPlace? Before = null);

/// <summary>A place among a release's measurements.</summary>
/// <param name="Version">The version of the event in the release's stream.</param>
/// <param name="Index">The place in the event, from 0.</param>
public sealed record MeasurementPlace(long Version, long Index);

/// <summary>A measurement with the event that holds it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Sample">What was measured.</param>
public sealed record StoredMeasurement(StoredEvent Event, MeasurementPlace Place, Sample Sample)
{
    /// <summary>Every measurement of an event.</summary>
    public static IReadOnlyList<StoredMeasurement> Of(StoredEvent stored) =>
        [.. stored.Recorded<DeploymentEvent.Measured>().Event.Measurements.Select((sample, index) => new StoredMeasurement(stored, new MeasurementPlace(stored.Version, index), sample))];
}

/// <summary>Some measurements.</summary>
/// <param name="Measurements">In the order that was asked for.</param>
/// <param name="Next">Where the next page begins; null when there is none. A page may hold fewer than were asked for and yet have a next one.</param>
public sealed record MeasurementPage(IReadOnlyList<StoredMeasurement> Measurements, MeasurementPlace? Next);
