using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.GoNoGo;

/// <summary>Why a release may not go, or may not go yet: one thing, the rule it breaks, and the events that show it.</summary>
/// <param name="Code">Stable and snake_case, e.g. <c>criterion_failed</c>.</param>
/// <param name="Verdict">What it forces: NO_GO or PENDING.</param>
/// <param name="Subject">The gate, condition or sign-off stage, or null for the release itself.</param>
/// <param name="Rule">The rule as the policy states it.</param>
/// <param name="Message">What was found, for a person.</param>
/// <param name="Events">The events it rests on; none where it rests on something that did not happen.</param>
public sealed record Reason(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("verdict")] Verdict Verdict,
    [property: JsonPropertyName("subject")] string? Subject,
    [property: JsonPropertyName("rule")] string Rule,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("events")] IReadOnlyList<EventReference> Events);
