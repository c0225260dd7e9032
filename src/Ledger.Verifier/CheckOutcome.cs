using System.Text.Json.Serialization;
using Ledger.Domain;

namespace Ledger.Verifier;

/// <summary>What came of a check. Only "passed" is good: what could not be looked at is never taken for it.</summary>
[JsonConverter(typeof(EnumNameJsonConverter<CheckOutcome>))]
public enum CheckOutcome
{
    /// <summary>What was to be looked at is not there, or rests on something that failed.</summary>
    [JsonStringEnumMemberName("not_evaluated")] NotEvaluated,

    /// <summary>It was looked at, and holds.</summary>
    [JsonStringEnumMemberName("passed")] Passed,

    /// <summary>It was looked at, and does not hold.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}
