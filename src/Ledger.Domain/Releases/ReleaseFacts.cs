using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.Releases;

/// <summary>What is known of a release as a whole; it changes when it opens and when it closes.</summary>
/// <param name="Opened">How the release was announced.</param>
/// <param name="OpenedBy">The event that did.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="Closed">How the release ended; null while it is open.</param>
/// <param name="ClosedBy">The event that ended it.</param>
public sealed record ReleaseFacts(
    [property: JsonPropertyName("opened")] ReleaseEvent.Opened Opened,
    [property: JsonPropertyName("openedBy")] EventReference OpenedBy,
    [property: JsonPropertyName("openedAt"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset OpenedAt,
    [property: JsonPropertyName("closed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CloseOutcome? Closed = null,
    [property: JsonPropertyName("closedBy"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EventReference? ClosedBy = null);
