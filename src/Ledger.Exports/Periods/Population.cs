using System.Text.Json.Serialization;
using Ledger.Domain;

namespace Ledger.Exports.Periods;

/// <summary>What a period's bundle states that it holds (<see cref="Integrity.Bundles.BundlePath.Population"/>).</summary>
/// <param name="From">The period's beginning.</param>
/// <param name="To">Its end, exclusively.</param>
/// <param name="Service">The service it is about; <c>*</c> for every one.</param>
/// <param name="First">The index of the period's first leaf.</param>
/// <param name="End">The index after its last leaf.</param>
/// <param name="Events">The events that are in it.</param>
/// <param name="Releases">The releases that have an event in it.</param>
/// <param name="Others">The leaves in between that are of another service.</param>
/// <param name="Complete">Whether every one of those is shown to be: then nothing can have been left out.</param>
internal sealed record Population(
    [property: JsonPropertyName("from"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset From,
    [property: JsonPropertyName("to"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset To,
    [property: JsonPropertyName("service")] string Service,
    [property: JsonPropertyName("first")] long First,
    [property: JsonPropertyName("end")] long End,
    [property: JsonPropertyName("events")] long Events,
    [property: JsonPropertyName("releases")] long Releases,
    [property: JsonPropertyName("others")] long Others,
    [property: JsonPropertyName("complete")] bool Complete);
