using System.Text.Json.Serialization;
using Ledger.Domain;

namespace Ledger.Verifier.Chains;

/// <summary>Whether a sign-off counts.</summary>
[JsonConverter(typeof(EnumNameJsonConverter<LinkState>))]
public enum LinkState
{
    /// <summary>It stands, over the release as it is.</summary>
    [JsonStringEnumMemberName("counts")] Counts,

    /// <summary>A gate changed after it.</summary>
    [JsonStringEnumMemberName("stale")] Stale,

    /// <summary>It was taken back.</summary>
    [JsonStringEnumMemberName("withdrawn")] Withdrawn,
}
