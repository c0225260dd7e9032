using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Rollbacks;
using Ledger.Store.Log;

namespace Ledger.Server.Releases;

/// <summary>A rule that fired, with the measurements that it rests on.</summary>
/// <param name="Rule">The rule's name in the policy; for a limit, the analysis' or the step's.</param>
/// <param name="Sequence">Where the event that says so stands in the log.</param>
/// <param name="Text">The rule in words.</param>
/// <param name="Found">What was found, in words.</param>
/// <param name="From">The beginning of the span that it looked at, by the measurements' own times.</param>
/// <param name="To">Its end.</param>
/// <param name="Count">How many measurements it rests on.</param>
/// <param name="Measurements">They themselves; of many, the first and the last.</param>
internal sealed record FiredRule(
    string Rule,
    long Sequence,
    string Text,
    string Found,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset From,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset To,
    int Count,
    IReadOnlyList<FiredMeasurement> Measurements)
{
    /// <param name="stored">The event that says that it fired.</param>
    /// <param name="deployment">The deployment it fired in.</param>
    /// <param name="measured">The events that it names, by their place in the stream.</param>
    public static FiredRule Of(StoredEvent stored, DeploymentState deployment, IReadOnlyDictionary<long, StoredEvent> measured)
    {
        var fired = stored.Recorded<RollbackEvent.Triggered>().Event;
        return new FiredRule(
            fired.Rule, stored.Sequence, fired.Text, fired.Found, fired.Window.From, fired.Window.To, fired.Count,
            [
                .. fired.Measurements.Select(version => measured[version]).SelectMany(each => each.Recorded<DeploymentEvent.Measured>().Event.Measurements
                    .Where(sample => TriggerEvidence.Holds(fired, deployment, sample))
                    .Select(sample => new FiredMeasurement(each.Sequence, sample.At, sample.Metric, sample.Value, sample.Unit, sample.Source))),
            ]);
    }
}

/// <summary>A measurement that made a rule fire.</summary>
/// <param name="Sequence">Where the event that holds it stands in the log.</param>
/// <param name="At">When it was taken, by its source's clock.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Value">The value; absent where the source could not tell.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Source">Who took it.</param>
internal sealed record FiredMeasurement(
    long Sequence, [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At, string Metric, double? Value, Unit Unit, string Source);
