using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.Deadlines;

/// <summary>A deadline that has passed.</summary>
public sealed record PassedState(
    [property: JsonPropertyName("due"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset Due,
    [property: JsonPropertyName("missed")] bool Missed,
    [property: JsonPropertyName("event")] EventReference Event);
