using System.Text.Json.Serialization;
using Ledger.Domain;

namespace Ledger.Verifier.Bundles;

/// <summary>What a period's bundle states that it holds: <c>population.json</c>.</summary>
/// <param name="From">The period's beginning.</param>
/// <param name="To">Its end, exclusively.</param>
/// <param name="Service">The service it is about; <c>*</c> for every one, and for what is of no service.</param>
/// <param name="First">The index of the period's first leaf.</param>
/// <param name="End">The index after its last leaf; the same where there is none.</param>
/// <param name="Events">The events that are in it.</param>
/// <param name="Releases">The releases that have an event in it.</param>
/// <param name="Others">The leaves in between that are of something else; 0 for every service.</param>
/// <param name="Complete">Whether it shows of every one of those leaves that it is of something else.</param>
public sealed record Population(
    [property: JsonPropertyName("from"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset From,
    [property: JsonPropertyName("to"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset To,
    [property: JsonPropertyName("service")] string Service,
    [property: JsonPropertyName("first")] long First,
    [property: JsonPropertyName("end")] long End,
    [property: JsonPropertyName("events")] long Events,
    [property: JsonPropertyName("releases")] long Releases,
    [property: JsonPropertyName("others")] long Others,
    [property: JsonPropertyName("complete")] bool Complete)
{
    /// <summary>What <see cref="Service"/> is where it is every service.</summary>
    public const string EveryService = "*";

    /// <summary>What the bundle's manifest names as its subject.</summary>
    [JsonIgnore]
    public string Subject => $"period {UtcTimeJsonConverter.ToText(From)} {UtcTimeJsonConverter.ToText(To)} {Service}";
}
