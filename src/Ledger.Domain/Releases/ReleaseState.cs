using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.Releases;

/// <summary>
/// What a release's events come to: as much as the next decision and the go/no-go need, and no more, so that its size follows the
/// policy and not the length of the history.
/// </summary>
/// <param name="Opened">How the release was announced.</param>
/// <param name="OpenedBy">The event that did.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="Gates">What is known, by the name of the gate or condition.</param>
/// <param name="Last">The newest event.</param>
/// <param name="LastAt">When it was appended.</param>
/// <param name="Closed">How the release ended; null while it is open.</param>
/// <param name="ClosedBy">The event that ended it.</param>
public sealed record ReleaseState(
    [property: JsonPropertyName("opened")] ReleaseEvent.Opened Opened,
    [property: JsonPropertyName("openedBy")] EventReference OpenedBy,
    [property: JsonPropertyName("openedAt"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset OpenedAt,
    [property: JsonPropertyName("gates")] ImmutableSortedDictionary<string, GateState> Gates,
    [property: JsonPropertyName("last")] EventReference Last,
    [property: JsonPropertyName("lastAt"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset LastAt,
    [property: JsonPropertyName("closed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CloseOutcome? Closed = null,
    [property: JsonPropertyName("closedBy"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EventReference? ClosedBy = null)
{
    /// <summary>What is known of a gate or condition: nothing, if nothing came in.</summary>
    public GateState Gate(string name) => Gates.GetValueOrDefault(name, GateState.Empty);
}
