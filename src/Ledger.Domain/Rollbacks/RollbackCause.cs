using System.Text.Json.Serialization;

namespace Ledger.Domain.Rollbacks;

/// <summary>What makes a release go back.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RollbackCause>))]
public enum RollbackCause
{
    /// <summary>A rule that fired.</summary>
    [JsonStringEnumMemberName("rule")] Rule,

    /// <summary>A person who decided so.</summary>
    [JsonStringEnumMemberName("manual")] Manual,

    /// <summary>A person who decided so at once, outside the procedure.</summary>
    [JsonStringEnumMemberName("emergency")] Emergency,
}
