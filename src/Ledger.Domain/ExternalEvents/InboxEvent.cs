using System.Text.Json.Serialization;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Domain.ExternalEvents;

/// <summary>What happens to events of other systems that fit no release when they come. Every one names the source, so that a stream's last event says all of its state.</summary>
public abstract record InboxEvent : LedgerEvent
{
    private InboxEvent(string source) => Source = source;

    /// <summary>Who sent it: the stream's source.</summary>
    [JsonPropertyName("source")]
    public string Source { get; init; }

    /// <summary>An event came that fits no release, and was kept as it came. It decides nothing by itself.</summary>
    /// <param name="Source">Who sent it; with <paramref name="Id"/> and <paramref name="Kind"/> it says which event it is.</param>
    /// <param name="Id">The event's id at its source.</param>
    /// <param name="Kind">What the source calls it, e.g. <c>dev.cdevents.incident.detected.0.3.0</c>.</param>
    /// <param name="Evidence">The event's bytes, after redaction.</param>
    /// <param name="Redactions">How many secrets and pieces of personal data were taken out.</param>
    /// <param name="Because">Why it fits none.</param>
    /// <param name="At">When it happened, as the source says; null where it does not.</param>
    /// <param name="Summary">What it says, in a sentence.</param>
    public sealed record Received(
        string Source,
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("kind")] string Kind,
        [property: JsonPropertyName("evidence")] Evidence Evidence,
        [property: JsonPropertyName("redactions")] int Redactions,
        [property: JsonPropertyName("because")] string Because,
        [property: JsonPropertyName("at"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? At = null,
        [property: JsonPropertyName("summary"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Summary = null) : InboxEvent(Source)
    {
        internal override string WireName => "external_event_received";
    }

    /// <summary>It is on record for a release now. It may be so for several.</summary>
    /// <param name="Source">Who sent it.</param>
    /// <param name="Event">The event that was received.</param>
    /// <param name="Release">The release, <c>service/version</c>.</param>
    /// <param name="Placed">What records it there.</param>
    public sealed record Assigned(
        string Source,
        [property: JsonPropertyName("event")] EventReference Event,
        [property: JsonPropertyName("release")] string Release,
        [property: JsonPropertyName("placed")] EventReference Placed) : InboxEvent(Source)
    {
        internal override string WireName => "external_event_assigned";
    }
}
