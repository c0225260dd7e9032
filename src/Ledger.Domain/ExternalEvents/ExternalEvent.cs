using System.Text.Json.Serialization;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Domain.ExternalEvents;

/// <summary>What other systems told about a release.</summary>
public abstract record ExternalEvent : ReleaseEvent
{
    private ExternalEvent() { }

    /// <summary>An event of another system was kept as it came. It decides nothing by itself.</summary>
    /// <param name="Source">Who sent it; with <paramref name="Id"/> it says which event it is.</param>
    /// <param name="Id">The event's id at its source.</param>
    /// <param name="Kind">What the source calls it, e.g. <c>dev.cdevents.incident.detected.0.3.0</c>.</param>
    /// <param name="Evidence">The event's bytes, after redaction.</param>
    /// <param name="Redactions">How many secrets and pieces of personal data were taken out.</param>
    /// <param name="At">When it happened, as the source says; null where it does not.</param>
    /// <param name="Summary">What it says, in a sentence.</param>
    /// <param name="From">The event of its source's stream as which it came before its release was known; null where it came with it.</param>
    public sealed record Kept(
        [property: JsonPropertyName("source")] string Source,
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("kind")] string Kind,
        [property: JsonPropertyName("evidence")] Evidence Evidence,
        [property: JsonPropertyName("redactions")] int Redactions,
        [property: JsonPropertyName("at"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? At = null,
        [property: JsonPropertyName("summary"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Summary = null,
        [property: JsonPropertyName("from"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EventReference? From = null) : ExternalEvent
    {
        internal override string WireName => "external_event_kept";
    }
}
