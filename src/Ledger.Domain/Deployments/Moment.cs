using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.Deployments;

/// <summary>When something happened, and the event that says so.</summary>
/// <param name="At">By the source's clock where it was observed, else when it was appended.</param>
/// <param name="Event">The event.</param>
public sealed record Moment(
    [property: JsonPropertyName("at"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At,
    [property: JsonPropertyName("event")] EventReference Event);
