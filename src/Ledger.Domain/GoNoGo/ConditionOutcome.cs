using System.Text.Json.Serialization;

namespace Ledger.Domain.GoNoGo;

/// <summary>Where a NO-GO condition stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConditionOutcome>))]
public enum ConditionOutcome
{
    /// <summary>It was looked for and is not there.</summary>
    [JsonStringEnumMemberName("absent")] Absent,

    /// <summary>It is there: NO_GO.</summary>
    [JsonStringEnumMemberName("present")] Present,

    /// <summary>Nobody knows yet.</summary>
    [JsonStringEnumMemberName("not_evaluated")] NotEvaluated,
}
