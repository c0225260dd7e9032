using System.Text.Json.Serialization;

namespace Ledger.Domain.SignOffs;

/// <summary>How far a release's sign-off chain is, by its events. Whether the signatures themselves are right is the verifier's to say.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChainState>))]
public enum ChainState
{
    /// <summary>Every stage has its quorum, over the release as it is.</summary>
    [JsonStringEnumMemberName("complete")] Complete,

    /// <summary>Sign-offs are still to come.</summary>
    [JsonStringEnumMemberName("incomplete")] Incomplete,

    /// <summary>A gate changed after somebody signed, and they have not signed again.</summary>
    [JsonStringEnumMemberName("stale")] Stale,

    /// <summary>Somebody said no, and neither withdrew it nor, after a gate changed, signed again.</summary>
    [JsonStringEnumMemberName("rejected")] Rejected,
}
