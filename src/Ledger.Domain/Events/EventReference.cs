using System.Text.Json.Serialization;

namespace Ledger.Domain.Events;

/// <summary>Names one event of a stream: what a reason rests on, or where something came from.</summary>
/// <param name="Sequence">Its place in the log, from 1.</param>
/// <param name="Version">Its place in its stream, from 1.</param>
public sealed record EventReference(
    [property: JsonPropertyName("sequence")] long Sequence,
    [property: JsonPropertyName("version")] long Version);
