using System.Text.Json.Serialization;

namespace Ledger.Domain.Releases;

/// <summary>What one criterion, one check or one report came to. "Not evaluated" is never "passed".</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>What came in does not tell. It is the default, so that what was forgotten never passes.</summary>
    [JsonStringEnumMemberName("not_evaluated")] NotEvaluated,

    /// <summary>It was looked at and holds.</summary>
    [JsonStringEnumMemberName("passed")] Passed,

    /// <summary>It was looked at and does not hold.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}
