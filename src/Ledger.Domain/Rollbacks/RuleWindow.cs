using System.Text.Json.Serialization;

namespace Ledger.Domain.Rollbacks;

/// <summary>The span of time that a rule looked at, both ends included.</summary>
public sealed record RuleWindow(
    [property: JsonPropertyName("from"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset From,
    [property: JsonPropertyName("to"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset To);
