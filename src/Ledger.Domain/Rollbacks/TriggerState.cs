using System.Text.Json.Serialization;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;

namespace Ledger.Domain.Rollbacks;

/// <summary>A rule that fired.</summary>
public sealed record TriggerState(
    [property: JsonPropertyName("rule")] string Rule,
    [property: JsonPropertyName("kind")] RuleKind Kind,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("found")] string Found,
    [property: JsonPropertyName("event")] EventReference Event);
