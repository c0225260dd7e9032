using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>How much a problem weighs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProblemSeverity>))]
public enum ProblemSeverity
{
    /// <summary>The policy is refused.</summary>
    [JsonStringEnumMemberName("error")] Error,

    /// <summary>The policy may be published; its author probably meant something else.</summary>
    [JsonStringEnumMemberName("warning")] Warning,
}
