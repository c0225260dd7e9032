using System.Text.Json.Serialization;

namespace Ledger.Domain.GoNoGo;

/// <summary>Where a gate stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateOutcome>))]
public enum GateOutcome
{
    /// <summary>Everything it asks for is known and holds.</summary>
    [JsonStringEnumMemberName("passed")] Passed,

    /// <summary>Something it asks for does not hold.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>What came in does not tell.</summary>
    [JsonStringEnumMemberName("not_evaluated")] NotEvaluated,

    /// <summary>It did not pass, and somebody answers for going without it.</summary>
    [JsonStringEnumMemberName("waived")] Waived,

    /// <summary>Something it asks for has not come in.</summary>
    [JsonStringEnumMemberName("pending")] Pending,
}
