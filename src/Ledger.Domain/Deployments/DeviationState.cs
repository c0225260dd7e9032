using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.Deployments;

/// <summary>Something that happened against the plan or the policy.</summary>
/// <param name="Code">What kind of thing.</param>
/// <param name="Message">What was wrong, the newest time.</param>
/// <param name="Event">The newest event that says so.</param>
/// <param name="Count">How often it was recorded.</param>
/// <param name="Subject">What it is about.</param>
public sealed record DeviationState(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("event")] EventReference Event,
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("subject"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Subject = null);
