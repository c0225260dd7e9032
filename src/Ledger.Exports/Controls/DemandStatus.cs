using System.Text.Json.Serialization;

namespace Ledger.Exports.Controls;

/// <summary>Whether the log shows what a control asks for. What cannot be told from it is never taken as shown.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DemandStatus>))]
public enum DemandStatus
{
    /// <summary>Nobody can tell from what is here.</summary>
    [JsonStringEnumMemberName("not_evaluated")] NotEvaluated,

    /// <summary>The events or files named show it.</summary>
    [JsonStringEnumMemberName("shown")] Shown,

    /// <summary>It was looked for, and is not there or does not hold.</summary>
    [JsonStringEnumMemberName("not_shown")] NotShown,

    /// <summary>The case that the demand is about did not occur.</summary>
    [JsonStringEnumMemberName("not_applicable")] NotApplicable,
}
