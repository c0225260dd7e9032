using System.Text.Json.Serialization;

namespace Ledger.Domain.GoNoGo;

/// <summary>Whether a release may go.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>Something is not known yet.</summary>
    [JsonStringEnumMemberName("PENDING")] Pending,

    /// <summary>Everything that is required is known and holds.</summary>
    [JsonStringEnumMemberName("GO")] Go,

    /// <summary>Something forbids it.</summary>
    [JsonStringEnumMemberName("NO_GO")] NoGo,
}
